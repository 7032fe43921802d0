/* SPDX-License-Identifier: MIT */
/* Plans and receipts as files; each is one of the wizard's effects and ends with its outcome. Blocks for a small file. */
#ifndef CMD_PAPERS_H
#define CMD_PAPERS_H

#include "cmd/wizard.h"

/* The plan in the file PATH, or what is wrong with it. */
void papers_read_plan(struct wizard *wizard, const char *path);

/* The walk's plan, and the receipt that is up, into new files in the person's own folder; nothing is written over. */
void papers_save_plan(struct wizard *wizard);
void papers_save_receipt(struct wizard *wizard);

/* What is remembered of the keys of this name. */
void papers_show_receipt(struct wizard *wizard);

#endif
