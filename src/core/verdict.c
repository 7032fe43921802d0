/* SPDX-License-Identifier: MIT */
/*
 * One answer of Stripe → a verdict. Status alone is not enough: old API
 * versions answer a missing permission with 401, and networks in between answer
 * with anything.
 */
#include "core/verdict.h"

#include <ctype.h>
#include <jansson.h>
#include <stdbool.h>
#include <string.h>

static const char *const slugs[] = {
	[VERDICT_UNKNOWN] = "unknown", [VERDICT_GRANTED] = "granted", [VERDICT_DENIED] = "denied",
	[VERDICT_DEAD] = "dead", [VERDICT_BLOCKED] = "blocked",
};

const char *verdict_slug(enum verdict verdict)
{
	return slugs[verdict];
}

enum verdict verdict_from_slug(const char *slug)
{
	for (size_t i = 0; i < sizeof slugs / sizeof *slugs; i++)
		if (!strcmp(slugs[i], slug))
			return (enum verdict)i;
	return VERDICT_UNKNOWN;
}

/* What both 403 texts, old and new, have in common. */
static bool is_permission_text(const char *code, const char *message)
{
	return !strcmp(code, "more_permissions_required") || strstr(message, "required permissions") ||
	       strstr(message, "Having more permissions would allow");
}

static bool is_address_text(const char *message)
{
	return strstr(message, "IP address") != NULL;
}

static enum verdict judge_401(const char *code, const char *message)
{
	if (is_permission_text(code, message))
		return VERDICT_DENIED;   /* API versions before 2016-10-19 */
	if (is_address_text(message))
		return VERDICT_BLOCKED;
	if (!strcmp(code, "api_key_expired") || !strcmp(code, "platform_api_key_expired") ||
	    strstr(message, "Invalid API Key") || strstr(message, "Expired API Key"))
		return VERDICT_DEAD;
	return VERDICT_UNKNOWN;
}

static enum verdict judge(long status, const char *code, const char *message)
{
	switch (status) {
	case 401:
		return judge_401(code, message);
	case 403:
		if (is_permission_text(code, message))
			return VERDICT_DENIED;
		return is_address_text(message) ? VERDICT_BLOCKED : VERDICT_UNKNOWN;
	case 404:
		return strcmp(code, "resource_missing") ? VERDICT_UNKNOWN : VERDICT_GRANTED;
	default:
		return VERDICT_UNKNOWN;
	}
}

/* The first "acct_…" of the text, if what follows has the shape of an id. */
static void find_account(const char *message, char account[ACCOUNT_SIZE])
{
	const char *at = strstr(message, "acct_");
	size_t length = strlen("acct_");

	if (!at)
		return;
	while (isascii((unsigned char)at[length]) && isalnum((unsigned char)at[length]))
		length++;
	if (length == strlen("acct_") || length >= ACCOUNT_SIZE)
		return;
	memcpy(account, at, length);
	account[length] = '\0';
}

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

struct answer verdict_judge(long status, const char *body, size_t length)
{
	struct answer answer = { .verdict = VERDICT_UNKNOWN, .account = "" };
	json_t *json = json_loadb(body, length, 0, NULL);
	const json_t *error = json_object_get(json, "error");

	if (json_is_object(error)) {
		const char *message = text_of(error, "message");

		answer.verdict = judge(status, text_of(error, "code"), message);
		if (answer.verdict == VERDICT_DENIED)
			find_account(message, answer.account);
	}
	json_decref(json);
	return answer;
}
