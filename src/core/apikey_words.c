/* SPDX-License-Identifier: MIT */
/* What is said of each kind of pasted text. The text itself is never in it. */
#include "core/apikey.h"

#include <assert.h>

#include "base/i18n.h"

struct words {
	const char *slug, *what, *advice;
	const char *command_advice;   /* where the advice is about the clipboard; or NULL */
};

#define COPY_THE_RIGHT_ONE N_("In Stripe, copy the restricted key instead. It begins with rk_.")

#define REPLACE_IT N_("Other programs may have seen it, so replace it: in Stripe open the menu ⋯ of that key and choose " \
	"\"Rotate key\" or \"Roll key\". Then use the restricted key, which begins with rk_.")

/* TRANSLATORS: what stands in "quotes" is on Stripe's pages, in English: keep it. */
static const struct words table[APIKEY_KIND_COUNT] = {
	[APIKEY_EMPTY] = { "empty",
		N_("Nothing was pasted."),
		N_("In Stripe, copy the key again, then paste it here.") },
	[APIKEY_RESTRICTED] = { "restricted",
		N_("This is a restricted key."),
		N_("It is the right kind of key.") },
	[APIKEY_CLAIMABLE] = { "claimable",
		N_("This is a restricted key of a claimable sandbox."),
		N_("It works, but only for seven days.") },
	[APIKEY_SECRET] = { "secret",
		N_("This is a secret key (sk_). It can do everything in your account, so keyguide does not take it."),
		N_("It was on the clipboard, so replace it: in Stripe open the menu ⋯ of that key and choose \"Rotate key\" "
		   "or \"Roll key\". Then copy the restricted key, which begins with rk_."),
		REPLACE_IT },
	[APIKEY_PUBLISHABLE] = { "publishable",
		N_("This is a publishable key (pk_). It is no secret, and it cannot read your data."),
		COPY_THE_RIGHT_ONE },
	[APIKEY_ORGANISATION] = { "organization",
		N_("This is an organization key (sk_org_). It can reach several accounts, so keyguide does not take it."),
		N_("It was on the clipboard, so replace it: in Stripe open the menu ⋯ of that key and choose \"Rotate key\" "
		   "or \"Roll key\". Then copy the restricted key, which begins with rk_."),
		REPLACE_IT },
	[APIKEY_WEBHOOK] = { "webhook",
		N_("This is the signing secret of a webhook (whsec_), not an API key."),
		COPY_THE_RIGHT_ONE },
	[APIKEY_ID] = { "id",
		N_("This is the id of a key (mk_), not the key itself."),
		COPY_THE_RIGHT_ONE },
	[APIKEY_EPHEMERAL] = { "ephemeral",
		N_("This is a key that lives for a short time only (ek_)."),
		COPY_THE_RIGHT_ONE },
	[APIKEY_CLI] = { "cli",
		N_("This is an access token of Stripe's command-line tool (oak_)."),
		COPY_THE_RIGHT_ONE },
	[APIKEY_MASKED] = { "masked",
		N_("This is a hidden copy of a key: most of its characters are dots or stars."),
		N_("In Stripe click \"Reveal\" or the key itself, so that it is shown whole. Then copy it again.") },
	[APIKEY_TRUNCATED] = { "truncated",
		N_("This is only the beginning of a key."),
		N_("In Stripe, copy it again: click the key or its copy button, so that all of it comes along.") },
	[APIKEY_TOO_LONG] = { "too-long",
		N_("This begins like a key, but it is far too long."),
		N_("In Stripe, copy the key again: click the key or its copy button, and nothing else comes along.") },
	[APIKEY_TWO] = { "two",
		N_("These are two different keys."),
		N_("In Stripe, copy only the key that you have just made, then paste it here.") },
	[APIKEY_BROKEN] = { "broken",
		N_("There is a key in this, but something else is in it or around it."),
		N_("In Stripe, copy the key again: click the key or its copy button, and nothing else comes along.") },
	[APIKEY_LINK] = { "link",
		N_("This is a web address, not a key."),
		COPY_THE_RIGHT_ONE },
	[APIKEY_OTHER] = { "other",
		N_("This does not look like a key."),
		COPY_THE_RIGHT_ONE },
};

static const struct words *words_of(enum apikey_kind kind)
{
	assert((unsigned)kind < APIKEY_KIND_COUNT);
	return &table[kind];
}

const char *apikey_slug(enum apikey_kind kind)
{
	return words_of(kind)->slug;
}

const char *apikey_what(enum apikey_kind kind)
{
	return _(words_of(kind)->what);
}

const char *apikey_advice(enum apikey_kind kind)
{
	return _(words_of(kind)->advice);
}

const char *apikey_command_advice(enum apikey_kind kind)
{
	const char *advice = words_of(kind)->command_advice;

	return advice ? _(advice) : apikey_advice(kind);
}
