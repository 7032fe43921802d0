/* SPDX-License-Identifier: MIT */
/* One question to the Stripe stand-in, over real TLS. */
#include <criterion/criterion.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../peer/peer.h"
#include "session.h"
#include "sys/helper.h"

static struct session session;
static struct peer peer;
static struct helper_reply reply;
static char *key;

static void begin(void)
{
	session_start(&session, SESSION_ABSENT);
	key = session_make_key("rk_test_");
}

static void done(void)
{
	helper_reply_done(&reply);
	if (peer.pid)
		peer_stop(&peer);
	session_stop(&session);
}

TestSuite(stripe, .init = begin, .fini = done, .timeout = 60);

static enum fault_code ask_at(const char *base, const char *ca_file, const char *text)
{
	struct plan *plan = plan_new();
	struct secret *secret = secret_new(SECRET_ROOM);
	struct helper_request request = { .verb = HELPER_ASK, .question = plan_question_lacked(plan),
		.api_base = base, .ca_file = ca_file, .limit_ms = 20000 };
	struct helper *helper;

	secret_append(secret, text, strlen(text));
	helper = helper_start(&request, secret, NULL);
	secret_free(secret);
	plan_free(plan);
	cr_assert(helper);
	helper_reply_done(&reply);   /* of an earlier one */
	while (!helper_read(helper, &reply)) {
		struct pollfd end = { .fd = helper_fd(helper), .events = POLLIN };

		poll(&end, 1, helper_timeout_ms(helper));
	}
	helper_free(helper);
	return reply.fault;
}

static enum verdict ask(const char *state, const char *permission, const char *text)
{
	peer_start(&peer, session.folder, key, state, permission);
	cr_assert_eq(ask_at(peer.base, peer.certificate, text), FAULT_NONE, "%s", fault_slug(reply.fault));
	return reply.answer.verdict;
}

Test(stripe, says_alive__and_names_the_account)
{
	cr_assert_eq(ask("alive", "rak_charge_read", key), VERDICT_DENIED);
	cr_assert_str_eq(reply.answer.account, "acct_1Standin");
}

Test(stripe, says_granted__where_the_key_may_ask)
{
	struct plan *plan = plan_new();
	const struct question *question = plan_question_lacked(plan);
	const char *slug = NULL;

	for (size_t i = 0; i < catalogue_count(); i++)
		if (&catalogue_at(i)->ask_read == question)
			slug = catalogue_at(i)->read.slug;
	cr_assert_eq(ask("alive", slug, key), VERDICT_GRANTED);
	plan_free(plan);
}

Test(stripe, says_dead__when_expired)
{
	cr_assert_eq(ask("expired", "", key), VERDICT_DEAD);
}

Test(stripe, says_dead__when_unknown)
{
	char *other = session_make_key("rk_test_");

	cr_assert_eq(ask("alive", "", other), VERDICT_DEAD);
}

Test(stripe, says_blocked__from_this_address)
{
	cr_assert_eq(ask("blocked", "", key), VERDICT_BLOCKED);
}

Test(stripe, trusts_no_other_certificate)
{
	peer_start(&peer, session.folder, key, "alive", "");
	cr_assert_eq(ask_at(peer.base, NULL, key), FAULT_TLS, "%s", fault_slug(reply.fault));
}

Test(stripe, says_offline__where_nobody_listens)
{
	cr_assert_eq(ask_at("https://127.0.0.1:1", NULL, key), FAULT_OFFLINE, "%s", fault_slug(reply.fault));
}

/* The key is given to Stripe, or to this computer: to nobody else, however the address is written. */
Test(stripe, asks_nobody_else)
{
	static const char *const others[] = { "https://example.com", "http://api.stripe.com", "https://api.stripe.com.example.com",
		"https://api.stripe.com@127.0.0.1:1", "https://127.0.0.1.example.com", "file:///etc/passwd", "//x" };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		cr_assert_eq(ask_at(others[i], NULL, key), FAULT_STRIPE_ODD, "%s: %s", others[i], fault_slug(reply.fault));
}
