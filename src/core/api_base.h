/* SPDX-License-Identifier: MIT */
/* Where Stripe's interface is, or what may stand in for it: nobody else is ever given a key. */
#ifndef CORE_API_BASE_H
#define CORE_API_BASE_H

#include <stdbool.h>

/* "https://api.stripe.com". */
extern const char api_base_stripe[];

/*
 * True for that address, and for http and https addresses of this computer: localhost, 127.…, [::1]. Neither the case of
 * the letters nor slashes at the end matter; a name of a user in it, a query or a fragment is never right.
 */
bool api_base_is_allowed(const char *base);

/* The bytes of BASE without the slashes at its end: a path goes behind them. */
int api_base_length(const char *base);

#endif
