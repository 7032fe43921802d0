/* SPDX-License-Identifier: MIT */
#include "cmd/receipt.h"
int receipt_run(const struct options *options)
{
	(void)options;
	return EXIT_DONE;
}
