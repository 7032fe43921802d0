/* SPDX-License-Identifier: MIT */
/* What the wizard wants of the helper, as it came over the socket. */
#ifndef HELPER_ORDER_H
#define HELPER_ORDER_H

#include <jansson.h>
#include <stdbool.h>

#include "base/fault.h"
#include "base/secret.h"
#include "helper/confine.h"

struct order {
	json_t *json;            /* owns the texts below */
	const char *verb;
	int unlock;              /* the keyring may show its own window */
	int over;                /* STORE: another key of the name and mode may be overwritten */
	int before;              /* REPLACE: how many "NAME (old …)" there were before */
	const char *ends;        /* DELETE: only keys that end so; "": any */
	const char *name, *mode, *account;
	json_t *questions;       /* ASK: "charge:read" …, borrowed */
	json_int_t rate;         /* ASK: at most so many requests a second */
	const char *api_base, *ca_file;   /* "" for the usual ones */
	struct secret *key;      /* of the length that was announced, may be empty; FETCH fills it */
};

/* What this helper is for, and what it does with an order: the answer, the caller's; NULL: it knows no such verb. */
extern const enum confine_role order_role;
json_t *order_carry_out(const struct order *order);

/* {"fault":"…","detail":"…"}: how an order ended. The caller's. */
json_t *order_answer(enum fault_code code, const struct fault *fault);

/* Sends one line of JSON to the near end; takes JSON. */
void order_say_take(json_t *json);

#endif
