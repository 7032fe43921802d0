/* SPDX-License-Identifier: MIT */
/* What a key should be, as somebody sent it: a plan file or a Dashboard link. */
#ifndef CMD_ASKED_H
#define CMD_ASKED_H

#include "core/link.h"

struct asked {
	struct plan *plan;         /* owned; NULL before it is read */
	struct link_name *odd;     /* of a link: names that give nothing */
	size_t odd_count;
	bool is_link;
	bool is_wrong;             /* it was there, but is no plan: when it could not be read as one */
};

/* Reads FILE_OR_LINK. False: it says why on standard error, *STATUS is set (2), *ASKED has no plan. */
bool asked_read(struct asked *asked, const char *file_or_link, int *status);
void asked_done(struct asked *asked);

#endif
