/* SPDX-License-Identifier: MIT */
/*
 * Presets by purpose: the rows that such tools usually read. Read only.
 * Source: what some thirty published tools ask for, November 2026; the rows that
 * most tools of a kind have in common.
 */
#include "core/plan.h"

#include <assert.h>

#include "base/i18n.h"

static const char *const reporting[] = { "balance", "balance_transaction_source", "charge", "customer", "dispute",
	"payment_intent", "payout", "product", "invoice", "plan", "subscription", NULL };
static const char *const accounting[] = { "balance", "balance_transaction_source", "charge", "customer", "dispute",
	"payout", "product", "invoice", "credit_note", "tax_rate", "report_runs_and_report_types", NULL };
static const char *const subscriptions[] = { "customer", "product", "coupon", "invoice", "plan", "subscription",
	NULL };
static const char *const disputes[] = { "charge", "customer", "dispute", "file", "payment_intent", NULL };
static const char *const invoicing[] = { "charge", "customer", "product", "credit_note", "invoice", "plan", "tax_rate",
	NULL };
static const char *const payouts[] = { "balance", "balance_transaction_source", "payout", NULL };

static const struct preset presets[] = {
	{ "reporting", N_("Reports and dashboards"),
	  N_("Sales, customers, refunds and subscriptions, to count and to draw."), reporting },
	{ "accounting", N_("Bookkeeping"),
	  N_("Every movement of money with its fees, invoices and taxes."), accounting },
	{ "subscriptions", N_("Subscription figures"),
	  N_("Who subscribes to what, and for how much."), subscriptions },
	{ "disputes", N_("Disputes"),
	  N_("Payments that customers contest, and what belongs to them."), disputes },
	{ "invoicing", N_("Invoices"),
	  N_("Invoices, credit notes and whom they are for."), invoicing },
	{ "payouts", N_("Payouts"),
	  N_("What Stripe sent to your bank, and what it was made of."), payouts },
};

size_t preset_count(void)
{
	return sizeof presets / sizeof *presets;
}

const struct preset *preset_at(size_t index)
{
	assert(index < preset_count());
	return &presets[index];
}
