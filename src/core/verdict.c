/* SPDX-License-Identifier: MIT */
/*
 * One HTTP answer → granted, denied, dead, blocked or unknown. Stripe's status
 * alone does not tell: a missing permission was 401 once, and a router's login
 * page may answer with any status. So only an error in Stripe's JSON is
 * believed, and what fits nothing is unknown.
 */
#include "core/verdict.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "core/link.h"

enum { BODY_MAX = 64 * 1024, ACCOUNT_BODY_MAX = 50 };

struct stripe_error {
	const char *code, *message;   /* never NULL */
};

/* The error object of BODY; false where there is none. *JSON is the caller's in any case. */
static bool read_error(const char *body, size_t length, json_t **json, struct stripe_error *error)
{
	json_t *object;
	const char *code, *message;

	*json = length <= BODY_MAX ? json_loadb(body, length, 0, NULL) : NULL;
	object = json_object_get(*json, "error");
	if (!json_is_object(object))
		return false;
	code = json_string_value(json_object_get(object, "code"));
	message = json_string_value(json_object_get(object, "message"));
	*error = (struct stripe_error){ code ? code : "", message ? message : "" };
	return code || message;
}

/*
 * What Stripe says, in the order of its checks: the key, then what it may do,
 * then whether the thing is there. The first row that fits decides. CODE and
 * TEXT: NULL for any; TEXT is a part of the message, for errors without a code.
 */
static const struct rule {
	long from, to;        /* status */
	const char *code, *text;
	enum verdict verdict;
	enum why why;
} rules[] = {
	/* Permission first: before October 2016 it was a 401. */
	{ 401, 403, "more_permissions_required", NULL, VERDICT_DENIED, WHY_NO_PERMISSION },
	{ 401, 403, NULL, "required permissions", VERDICT_DENIED, WHY_NO_PERMISSION },
	{ 401, 403, NULL, "would allow this request to continue", VERDICT_DENIED, WHY_NO_PERMISSION },
	{ 401, 401, "api_key_expired", NULL, VERDICT_DEAD, WHY_EXPIRED },
	{ 401, 401, "platform_api_key_expired", NULL, VERDICT_DEAD, WHY_EXPIRED },
	{ 401, 401, NULL, "Expired API Key", VERDICT_DEAD, WHY_EXPIRED },
	{ 401, 401, NULL, "Invalid API Key", VERDICT_DEAD, WHY_NOT_A_KEY },
	{ 401, 403, NULL, "IP address", VERDICT_BLOCKED, WHY_ADDRESS },
	{ 404, 404, "resource_missing", NULL, VERDICT_GRANTED, WHY_NO_SUCH_THING },
	{ 400, 404, NULL, "Unrecognized request URL", VERDICT_UNKNOWN, WHY_NO_SUCH_QUESTION },
	{ 400, 400, NULL, "is not set up to use", VERDICT_UNKNOWN, WHY_PRODUCT_OFF },
	{ 400, 400, NULL, "only available in testmode", VERDICT_UNKNOWN, WHY_SANDBOX_ONLY },
	{ 429, 429, NULL, NULL, VERDICT_UNKNOWN, WHY_BUSY },
	{ 500, 599, NULL, NULL, VERDICT_UNKNOWN, WHY_SERVER },
	{ 0, 999, NULL, NULL, VERDICT_UNKNOWN, WHY_OTHER },
};

static const struct rule *rule_for(long status, const struct stripe_error *error)
{
	const struct rule *rule = rules;

	while (status < rule->from || status > rule->to || (rule->code && strcmp(rule->code, error->code)) ||
	       (rule->text && !strstr(error->message, rule->text)))
		if (++rule == rules + sizeof rules / sizeof *rules - 1)
			break;   /* the last fits all */
	return rule;
}

/* Bytes of TEXT that are letters, digits or one of MORE. */
static size_t run_of(const char *text, const char *more)
{
	size_t run = 0;

	while (text[run] && isascii((unsigned char)text[run]) &&
	       (isalnum((unsigned char)text[run]) || strchr(more, text[run])))
		run++;
	return run;
}

/* Bytes of the account id that TEXT begins with, 0 for none. */
static size_t account_at(const char *text)
{
	size_t prefix = strlen("acct_"), run;

	if (strncmp(text, "acct_", prefix))
		return 0;
	run = run_of(text + prefix, "");
	if (!run || run > ACCOUNT_BODY_MAX || text[prefix + run] == '_' || text[prefix + run] == '-')
		return 0;
	return prefix + run;
}

bool verdict_is_account(const char *text)
{
	size_t length = account_at(text);

	return length && !text[length];
}

static void find_account(const char *message, char account[ACCOUNT_SIZE])
{
	const char *found = strstr(message, "'acct_");
	size_t length = found ? account_at(found + 1) : 0;

	if (length && found[1 + length] == '\'') {
		memcpy(account, found + 1, length);
		account[length] = '\0';
	}
}

bool verdict_is_slug(const char *text)
{
	return !strncmp(text, "rak_", 4) && text[4] && strlen(text) < SLUG_SIZE && strspn(text + 4,
		"abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(text + 4);
}

bool verdict_is_request_id(const char *text)
{
	return !strncmp(text, "req_", 4) && text[4] && strlen(text) < REQUEST_ID_SIZE &&
	       !text[run_of(text, "_")];
}

/* Old: …the 'rak_plan_read' permission…; new: …"Prices Read" ('plan_read') permissions… The first of several. */
static void find_permission(const char *message, char permission[SLUG_SIZE])
{
	const char *old = strstr(message, "'rak_"), *found = old ? old : strstr(message, "('");
	char name[SLUG_SIZE + 4];
	size_t length;

	if (!found)
		return;
	found += old ? 1 : 2;
	length = run_of(found, "_");
	if (found[length] != '\'' || length + 5 > SLUG_SIZE)
		return;
	snprintf(name, sizeof name, "%s%.*s", old ? "" : "rak_", (int)length, found);
	if (verdict_is_slug(name))
		strcpy(permission, name);
}

static void find_edit_link(const char *message, char edit_link[EDIT_LINK_SIZE])
{
	const char *found = strstr(message, "https://dashboard.stripe.com/");
	size_t length = found ? run_of(found, ":/?=&%_-.") : 0;

	if (length && found[length - 1] == '.')   /* of the sentence */
		length--;
	if (!length || length >= EDIT_LINK_SIZE)
		return;
	memcpy(edit_link, found, length);
	edit_link[length] = '\0';
	if (!link_is_dashboard(edit_link))
		*edit_link = '\0';
}

struct answer verdict_judge(long status, const char *body, size_t length)
{
	struct answer answer = { .verdict = VERDICT_UNKNOWN, .why = WHY_NOT_STRIPE };
	struct stripe_error error = { "", "" };
	json_t *json = NULL;

	if (status >= 200 && status <= 299) {
		answer.why = WHY_EXISTS;   /* whatever it is, it is not looked at */
	} else if (read_error(body, length, &json, &error)) {
		const struct rule *rule = rule_for(status, &error);

		answer.verdict = rule->verdict;
		answer.why = rule->why;
	}
	if (answer.verdict == VERDICT_DENIED) {
		find_account(error.message, answer.account);
		find_permission(error.message, answer.permission);
		find_edit_link(error.message, answer.edit_link);
	}
	json_decref(json);
	return answer;
}

static const char *const slugs[] = {
	[VERDICT_UNKNOWN] = "unknown",
	[VERDICT_GRANTED] = "granted",
	[VERDICT_DENIED] = "denied",
	[VERDICT_DEAD] = "dead",
	[VERDICT_BLOCKED] = "blocked",
	[VERDICT_NOT_ASKED] = "not-asked",
};

const char *verdict_slug(enum verdict verdict)
{
	return slugs[verdict];
}

enum verdict verdict_from_slug(const char *slug)
{
	for (unsigned i = 0; i < sizeof slugs / sizeof *slugs; i++)
		if (!strcmp(slugs[i], slug))
			return (enum verdict)i;
	return VERDICT_UNKNOWN;
}

static const struct {
	const char *slug, *text;
} whys[WHY_COUNT] = {
	[WHY_NONE] = { "", NULL },
	[WHY_NO_SUCH_THING] = { "no-such-thing", N_("Stripe looked for the thing, so the key may ask for it.") },
	[WHY_NO_PERMISSION] = { "no-permission", N_("Stripe says that the key may not do it.") },
	[WHY_EXPIRED] = { "expired", N_("Stripe says that the key has expired or was replaced.") },
	[WHY_NOT_A_KEY] = { "not-a-key", N_("Stripe does not know this key.") },
	[WHY_ADDRESS] = { "address", N_("Stripe does not take this key from your internet address.") },
	[WHY_BUSY] = { "rate-limited", N_("Stripe had too many requests and did not answer.") },
	[WHY_SERVER] = { "server-error", N_("Stripe had a problem of its own.") },
	[WHY_NO_SUCH_QUESTION] = { "no-such-question", N_("Stripe does not know this question (any more).") },
	[WHY_PRODUCT_OFF] = { "product-off", N_("Your account has not switched this product on.") },
	[WHY_SANDBOX_ONLY] = { "sandbox-only", N_("It can only be asked in a sandbox.") },
	[WHY_EXISTS] = { "exists", N_("Something answered as if the thing existed, which cannot be; perhaps a sign-in page of your "
			      "network. Nothing more was asked.") },
	[WHY_OTHER] = { "other-error", N_("Stripe's answer is not one that keyguide knows.") },
	[WHY_NOT_STRIPE] = { "not-believable", N_("The answer did not look like one of Stripe's.") },
	[WHY_SLOW] = { "slow", N_("Stripe did not answer in time.") },
	[WHY_OFFLINE] = { "offline", N_("Stripe could not be reached.") },
	[WHY_TLS] = { "tls", N_("The connection to Stripe is not secure, so nothing was sent.") },
	[WHY_NO_QUESTION] = { "no-question", N_("There is no harmless question for it.") },
	[WHY_WRITE] = { "write", N_("It can only be asked by attempting a change.") },
	[WHY_CONNECT] = { "connected-account", N_("keyguide does not ask about connected accounts. Look under \"Edit key\" in Stripe.") },
	[WHY_STOPPED] = { "stopped", N_("The check ended before it.") },
};

const char *why_slug(enum why why)
{
	return whys[why].slug;
}

enum why why_from_slug(const char *slug)
{
	for (unsigned why = 0; why < WHY_COUNT; why++)
		if (!strcmp(whys[why].slug, slug))
			return (enum why)why;
	return WHY_OTHER;
}

const char *why_text(enum why why)
{
	return whys[why].text ? _(whys[why].text) : "";
}
