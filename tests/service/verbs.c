/* SPDX-License-Identifier: MIT */
/* The helper's verbs for the keyring, in one call each. */
#include "verbs.h"

#include <criterion/criterion.h>
#include <string.h>

struct session session;
struct helper_reply reply;

void done(void)
{
	helper_reply_done(&reply);
	session_stop(&session);
}

enum fault_code finish(struct helper *helper)
{
	cr_assert(helper);
	helper_reply_done(&reply);   /* of an earlier one */
	helper_wait(helper, &reply);
	helper_free(helper);
	return reply.fault;
}

enum fault_code try_it(bool unlock, int limit_ms)
{
	struct helper_request request = { .verb = HELPER_TRY, .unlock = unlock, .limit_ms = limit_ms };

	return finish(helper_start(&request, NULL, NULL));
}

static struct helper *start_with_key(const struct helper_request *request, const char *text)
{
	struct secret *key = secret_new(SECRET_ROOM);
	struct helper *helper;

	cr_assert(secret_append(key, text, strlen(text)));
	helper = helper_start(request, key, NULL);
	secret_free(key);
	return helper;
}

struct helper *start_store(const char *name, enum mode mode, const char *text, int limit_ms)
{
	return start_with_key(&(struct helper_request){ .verb = HELPER_STORE, .name = name, .mode = mode,
		.limit_ms = limit_ms }, text);
}

enum fault_code store_over(const char *name, enum mode mode, const char *text)
{
	return finish(start_with_key(&(struct helper_request){ .verb = HELPER_STORE, .name = name, .mode = mode, .over = true,
		.limit_ms = LIMIT_MS }, text));
}

enum fault_code store(const char *name, enum mode mode, const char *text)
{
	return finish(start_store(name, mode, text, LIMIT_MS));
}

enum fault_code assign(const char *name, enum mode mode, const char *account)
{
	struct helper_request request = { .verb = HELPER_ASSIGN, .name = name, .mode = mode, .account = account,
		.limit_ms = LIMIT_MS };

	return finish(helper_start(&request, NULL, NULL));
}

enum fault_code fetch(const char *name, const char *mode, struct secret *fetched)
{
	struct helper_request request = { .verb = HELPER_FETCH, .name = name, .either_mode = !mode, .limit_ms = LIMIT_MS,
		.mode = mode && !strcmp(mode, "live") ? MODE_LIVE : MODE_TEST };

	secret_wipe(fetched);
	return finish(helper_start(&request, fetched, NULL));
}

bool is_text(struct secret *fetched, const char *text)
{
	return secret_length(fetched) == strlen(text) && !memcmp(secret_reveal(fetched), text, strlen(text));
}

enum fault_code delete(const char *name, const char *mode, const char *account)
{
	struct helper_request request = { .verb = HELPER_DELETE, .name = name, .either_mode = !mode, .account = account,
		.mode = mode && !strcmp(mode, "live") ? MODE_LIVE : MODE_TEST, .limit_ms = LIMIT_MS };

	return finish(helper_start(&request, NULL, NULL));
}

enum fault_code delete_ending(const char *name, const char *ends)
{
	struct helper_request request = { .verb = HELPER_DELETE, .name = name, .mode = MODE_TEST, .ends = ends,
		.limit_ms = LIMIT_MS };

	return finish(helper_start(&request, NULL, NULL));
}

static struct helper *start_replace_after(const char *name, const char *text, int before)
{
	return start_with_key(&(struct helper_request){ .verb = HELPER_REPLACE, .name = name, .mode = MODE_TEST,
		.before = before, .limit_ms = LIMIT_MS }, text);
}

struct helper *start_replace(const char *name, const char *text)
{
	return start_replace_after(name, text, 0);
}

enum fault_code replace_after(const char *name, const char *text, int before)
{
	return finish(start_replace_after(name, text, before));
}

enum fault_code replace(const char *name, const char *text)
{
	return finish(start_replace(name, text));
}

enum fault_code list(void)
{
	struct helper_request request = { .verb = HELPER_LIST, .limit_ms = LIMIT_MS };

	return finish(helper_start(&request, NULL, NULL));
}

void assert_fault(enum fault_code is, enum fault_code wanted)
{
	cr_assert_eq(is, wanted, "%s, not %s (%s)", fault_slug(is), fault_slug(wanted), reply.detail);
}
