/* SPDX-License-Identifier: MIT */
/* What the wizard wants of the helper, as it came over the socket. */
#ifndef HELPER_ORDER_H
#define HELPER_ORDER_H

#include <jansson.h>
#include <stdbool.h>

#include "base/fault.h"
#include "base/secret.h"

struct order {
	json_t *json;            /* owns the texts below */
	const char *verb;
	int unlock;              /* the keyring may show its own window */
	const char *name, *mode, *account;
	const char *path, *id_prefix;
	const char *api_base, *ca_file;   /* "" for the usual ones */
	struct secret *key;      /* of the length that was announced; may be empty */
};

/* {"fault":"…","detail":"…"}: how an order ended. The caller's. */
json_t *order_answer(enum fault_code code, const struct fault *fault);

#endif
