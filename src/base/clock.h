/* SPDX-License-Identifier: MIT */
/* Time that only goes forward, for limits and pauses. What day it is, it does not know. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

/* Milliseconds since some moment in the past; the same moment for every process of this computer. */
long long clock_ms(void);

#endif
