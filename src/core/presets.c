/* SPDX-License-Identifier: MIT */
/*
 * The presets: what a tool for a purpose usually has to read, and no row more.
 * Only rows of the grid, only Read.
 *
 * Source: what about thirty published tools ask for, by purpose, November 2026;
 * rows that only one or two of them want were left out.
 */
#include "core/plan.h"

#include <assert.h>

#include "base/i18n.h"

static const char *const reporting[] = {
	"balance", "balance_transaction_source", "charge", "payment_intent", "payout", "product", "invoice", "plan",
	"subscription", NULL
};
static const char *const accounting[] = {
	"balance", "balance_transaction_source", "charge", "customer", "dispute", "payout", "product", "credit_note",
	"invoice", "tax_rate", NULL
};
static const char *const subscriptions[] = {
	"customer", "product", "coupon", "promotion_code", "invoice", "plan", "subscription", NULL
};
static const char *const disputes[] = {
	"charge", "customer", "dispute", "event", "file", "payment_intent", "review", NULL
};
static const char *const invoicing[] = {
	"charge", "customer", "product", "coupon", "credit_note", "invoice", "plan", "quote", "tax_rate", NULL
};
static const char *const payouts[] = {
	"balance", "balance_transaction_source", "charge", "payout", NULL
};

static const struct preset presets[] = {
	{ "reporting", N_("Reports and figures"),
	  N_("Sales, revenue and subscriptions, for a dashboard or a report."), reporting },
	{ "accounting", N_("Bookkeeping"),
	  N_("Payments, fees, invoices and taxes, for your accounts at the end of the month."), accounting },
	{ "subscriptions", N_("Subscriptions"),
	  N_("Who pays what, and how often: recurring revenue, cancellations."), subscriptions },
	{ "disputes", N_("Disputes"),
	  N_("Payments that a customer's bank asks back, with what is needed to answer."), disputes },
	{ "invoicing", N_("Invoices"),
	  N_("Invoices, quotes and credit notes, with customers and prices."), invoicing },
	{ "payouts", N_("Payouts to your bank"),
	  N_("Which payments are in which payout, to compare with your bank statement."), payouts },
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
