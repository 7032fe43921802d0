/* SPDX-License-Identifier: MIT */
/* The helper's verbs for the keyring, in one call each, against the session of this test. */
#ifndef TESTS_VERBS_H
#define TESTS_VERBS_H

#include "session.h"
#include "sys/helper.h"

enum { LIMIT_MS = 5000 };

/* The test starts the session; done() ends both. */
extern struct session session;
extern struct helper_reply reply;   /* to the last verb */

void done(void);

enum fault_code finish(struct helper *helper);
struct helper *start_store(const char *name, enum mode mode, const char *text, int limit_ms);

enum fault_code try_it(bool unlock, int limit_ms);
enum fault_code store(const char *name, enum mode mode, const char *text);
enum fault_code store_over(const char *name, enum mode mode, const char *text);   /* another key may go for it */
enum fault_code assign(const char *name, enum mode mode, const char *account);

/* MODE: "test", "live", or NULL where it is not known. FETCHED is emptied before. ACCOUNT: NULL for any. */
enum fault_code fetch(const char *name, const char *mode, struct secret *fetched);
enum fault_code delete(const char *name, const char *mode, const char *account);
enum fault_code delete_ending(const char *name, const char *ends);   /* a sandbox key */

/* A sandbox key in place of the one of this name. */
struct helper *start_replace(const char *name, const char *text);
enum fault_code replace(const char *name, const char *text);
enum fault_code replace_after(const char *name, const char *text, int before);   /* so many old ones were there before */
enum fault_code list(void);

bool is_text(struct secret *fetched, const char *text);
void assert_fault(enum fault_code is, enum fault_code wanted);

#endif
