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
#include <string.h>

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

static bool is_permission(const struct stripe_error *error)
{
	return !strcmp(error->code, "more_permissions_required") ||
	       strstr(error->message, "required permissions") ||
	       strstr(error->message, "would allow this request to continue");
}

static bool is_address(const struct stripe_error *error)
{
	return strstr(error->message, "IP address") != NULL;
}

static bool is_dead(const struct stripe_error *error)
{
	return !strcmp(error->code, "api_key_expired") || !strcmp(error->code, "platform_api_key_expired") ||
	       strstr(error->message, "Invalid API Key") || strstr(error->message, "Expired API Key");
}

static enum verdict judge(long status, const struct stripe_error *error)
{
	if (status == 404)
		return strcmp(error->code, "resource_missing") ? VERDICT_UNKNOWN : VERDICT_GRANTED;
	if (status != 401 && status != 403)
		return VERDICT_UNKNOWN;
	if (is_permission(error))
		return VERDICT_DENIED;
	if (status == 401 && is_dead(error))
		return VERDICT_DEAD;
	return is_address(error) ? VERDICT_BLOCKED : VERDICT_UNKNOWN;
}

static size_t alnum_run(const char *text)
{
	size_t run = 0;

	while (isascii((unsigned char)text[run]) && isalnum((unsigned char)text[run]))
		run++;
	return run;
}

/* Bytes of the account id that TEXT begins with, 0 for none. */
static size_t account_at(const char *text)
{
	size_t prefix = strlen("acct_"), run;

	if (strncmp(text, "acct_", prefix))
		return 0;
	run = alnum_run(text + prefix);
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

struct answer verdict_judge(long status, const char *body, size_t length)
{
	struct answer answer = { .verdict = VERDICT_UNKNOWN, .account = "" };
	struct stripe_error error;
	json_t *json;

	if (read_error(body, length, &json, &error))
		answer.verdict = judge(status, &error);
	if (answer.verdict == VERDICT_DENIED)
		find_account(error.message, answer.account);
	json_decref(json);
	return answer;
}

static const char *const slugs[] = {
	[VERDICT_UNKNOWN] = "unknown",
	[VERDICT_GRANTED] = "granted",
	[VERDICT_DENIED] = "denied",
	[VERDICT_DEAD] = "dead",
	[VERDICT_BLOCKED] = "blocked",
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
