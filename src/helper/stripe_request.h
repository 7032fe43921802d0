/* SPDX-License-Identifier: MIT */
/* One request to Stripe, as curl is used for it. Nothing here blocks. */
#ifndef HELPER_STRIPE_REQUEST_H
#define HELPER_STRIPE_REQUEST_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/fault.h"
#include "base/secret.h"
#include "core/catalogue.h"

/* Before anything else of curl's, which wipes from now on what it frees. End it with curl_global_cleanup(). */
bool request_start(void);

/* Of a thing that cannot exist: QUESTION's path with an id at random, which says MODE where such ids do. The caller's; NULL. */
char *request_address(const char *base, const struct question *question, const char *mode);

/*
 * The Authorization header, on the locked page itself, behind the key: curl's own list would copy it. Borrowed, for as
 * long as KEY stays as it is. NULL: there is no room for it.
 */
char *request_authorization(struct secret *key);

/* What holds for every request: who is talked to, how, and for how long (10 s). CA_FILE: "" for the usual one. */
void request_set_safety(CURL *curl, const char *ca_file);

/* How a request ended, of which STATUS came. FAULT_NONE: there was an answer, whatever it says. */
enum fault_code request_fault_of(CURLcode code, long status);

#endif
