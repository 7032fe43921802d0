/* SPDX-License-Identifier: MIT */
/*
 * The table of what can go wrong, in words for the person. It must not know
 * who asks: a sentence here holds whether a key is waiting or not.
 */
#include "base/fault.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

struct words {
	const char *slug, *what, *advice;
	const char *command_advice;   /* where the advice names a button; or NULL */
};

#define LOOK_FOR_A_WINDOW \
	N_("Look for a window of the keyring behind this one, then choose \"Try again\"."), \
	N_("Look for a window of the keyring behind this one, then try once more.")

/*
 * TRANSLATORS: "Try again" is a button of this program; translate it as you do there. On the command line these
 * sentences stand within a line, and begin with a small letter there: see "Stripe KeePassXC".
 */
static const struct words table[FAULT_COUNT] = {
	[FAULT_NONE] = { "none", NULL, NULL },
	[FAULT_NO_BUS] = { "no-bus",
		N_("There is no desktop session here, so there is no keyring to use."),
		N_("Start keyguide in a terminal window on your desktop, not over SSH and not in a container.") },
	[FAULT_OTHER_USER] = { "other-user",
		N_("This desktop session belongs to another user."),
		N_("Start keyguide as yourself, without \"sudo\".") },
	[FAULT_BUS_SILENT] = { "bus-silent",
		N_("Your desktop session does not answer."),
		N_("Wait a moment, then choose \"Try again\". Logging out and in again helps too, but not while a key is "
		   "waiting here."),
		N_("Wait a few seconds, then try once more.") },
	[FAULT_NO_SERVICE] = { "no-service",
		N_("No keyring is running on this computer."),
		N_("Start GNOME Keyring or KWallet, or open KeePassXC and switch on \"Secret Service Integration\" in its "
		   "settings. Then choose \"Try again\"."),
		N_("Start GNOME Keyring or KWallet, or open KeePassXC and switch on \"Secret Service Integration\" in its "
		   "settings.") },
	[FAULT_SERVICE_FAILED] = { "service-failed",
		N_("The keyring program could not start."),
		N_("Start GNOME Keyring, KWallet or KeePassXC yourself, then choose \"Try again\"."),
		N_("Start GNOME Keyring, KWallet or KeePassXC yourself, then try once more.") },
	[FAULT_NO_COLLECTION] = { "no-collection",
		N_("You have no keyring yet, and no window could be shown to make one."),
		N_("Make one on your desktop with \"Passwords and Keys\", KWallet or KeePassXC, then choose \"Try again\"."),
		N_("Make one on your desktop with \"Passwords and Keys\", KWallet or KeePassXC, then try once more.") },
	[FAULT_LOCKED] = { "locked",
		N_("Your keyring is locked."),
		N_("Choose \"Unlock the keyring\" and give its password in its own window. Or unlock it on your desktop, "
		   "then choose \"Try again\"."),
		N_("Unlock it on your desktop, then try once more.") },
	[FAULT_REFUSED] = { "refused",
		N_("Your keyring stayed locked, so nothing was changed in it."),
		N_("Choose \"Try again\", and give the password in the keyring's own window."),
		N_("Try once more, and give the password in the keyring's own window.") },
	[FAULT_STALLED] = { "stalled",
		N_("Your keyring did not answer in time."),
		LOOK_FOR_A_WINDOW },
	[FAULT_STALLED_CHANGING] = { "stalled-changing",
		N_("Your keyring did not answer in time. It is not known whether it changed anything."),
		LOOK_FOR_A_WINDOW },
	[FAULT_DIED] = { "died",
		N_("The keyring stopped while it was being used."),
		N_("Wait a few seconds, then choose \"Try again\"."),
		N_("Wait a few seconds, then try once more.") },
	[FAULT_WRITE_FAILED] = { "write-failed",
		N_("The keyring could not write its file."),
		N_("The disk may be full or read-only. Make room on it, then choose \"Try again\"."),
		N_("The disk may be full or read-only. Make room on it, then try once more.") },
	[FAULT_NOT_KEPT] = { "not-kept",
		N_("The keyring said yes, but what it should have saved is not in it."),
		N_("Choose \"Try again\", and do not close the keyring's own window."),
		N_("Try once more, and do not close the keyring's own window.") },
	[FAULT_NOT_REMOVED] = { "not-removed",
		N_("The keyring did not remove the key."),
		N_("Try once more, and agree in the keyring's own window if it asks. Or remove the key there yourself.") },
	[FAULT_KWALLET_PARTS] = { "kwallet-parts",
		N_("KWallet is not completely installed."),
		N_("Install the package \"libqca-qt5-2-plugins\", then choose \"Try again\"."),
		N_("Install the package \"libqca-qt5-2-plugins\", then try once more.") },
	[FAULT_NOT_STARTED] = { "not-started",
		N_("No keyring was started."),
		N_("Try once more. Or start GNOME Keyring or KWallet yourself, then choose \"Try again\"."),
		N_("Start GNOME Keyring, KWallet or KeePassXC yourself, then try once more.") },
	[FAULT_KEYRING_ODD] = { "keyring-odd",
		N_("The keyring reported an error that keyguide does not know."),
		N_("Choose \"Try again\". If that does not help, start the keyring program anew."),
		N_("Try once more. If that does not help, start the keyring program anew.") },
	[FAULT_NOT_FOUND] = { "not-found",
		N_("There is no such key in your keyring."),
		N_("Check its name, and whether you mean the sandbox key or the live key.") },
	[FAULT_NOT_A_KEY] = { "not-a-key",
		N_("What your keyring has under this name is no restricted key."),
		N_("Look at it in your keyring's own program, and delete it there if you do not need it.") },
	[FAULT_TWO_KEYS] = { "two-keys",
		N_("There are two keys of this name: one for the sandbox, one live."),
		N_("Say which one you mean: add --test or --live.") },
	[FAULT_NAME_TAKEN] = { "name-taken",
		N_("A key of this name is already in your keyring."),
		N_("Choose another name, for example with a number at the end.") },
	[FAULT_SAME_KEY] = { "same-key",
		N_("This is the key that is in your keyring already."),
		N_("Copy the new key in Stripe and paste that.") },
	[FAULT_OFFLINE] = { "offline",
		N_("Stripe could not be reached."),
		N_("Check your internet connection, then ask again.") },
	[FAULT_TLS] = { "tls",
		N_("The connection to Stripe is not secure, so nothing was sent."),
		N_("Check the date of this computer. If you are in a hotel's or company's network, sign in to it or use "
		   "another one.") },
	[FAULT_STRIPE_SLOW] = { "stripe-slow",
		N_("Stripe did not answer in time."),
		N_("Check your internet connection, then ask again.") },
	[FAULT_OTHER_ADDRESS] = { "other-address",
		N_("This is not Stripe's address, so nothing was sent."),
		N_("Leave out --api-base, or give an address of this computer.") },
	[FAULT_STRIPE_ODD] = { "stripe-odd",
		N_("The answer did not look like one of Stripe's."),
		N_("Something in your network may have answered instead. Use another network, or ask again later.") },
	[FAULT_HELPER] = { "helper",
		N_("A part of keyguide is missing, or it ended too early."),
		N_("Try once more. If that does not help, install keyguide again.") },
	[FAULT_STOPPED] = { "stopped",
		N_("You stopped waiting, so it is not known how it ended."),
		N_("Try once more to be sure.") },
	[FAULT_BROWSER] = { "browser",
		N_("No browser could be opened."),
		N_("Type the address into your browser yourself.") },
	[FAULT_CLIPBOARD] = { "clipboard",
		N_("The key could not be put on the clipboard."),
		N_("Install \"wl-clipboard\", \"xclip\" or \"xsel\", or choose another way.") },
	[FAULT_MANAGER] = { "manager",
		N_("The password manager did not take the key."),
		N_("Check that it is set up and unlocked, or choose another way.") },
	[FAULT_FILE_READ] = { "file-read",
		N_("A file could not be read."),
		N_("Check that it is there, and that you are allowed to read it.") },
	[FAULT_FILE_WRITE] = { "file-write",
		N_("A file could not be written."),
		N_("The disk may be full, or you may not be allowed to write there.") },
	[FAULT_FILE_BROKEN] = { "file-broken",
		N_("A file is not what it should be, so it was not used."),
		N_("Have it made again, or move it away.") },
};

enum fault_code fault_set(struct fault *fault, enum fault_code code, int error_number,
			  const char *detail_format, ...)
{
	va_list arguments;
	char *raw, *clean;

	if (!fault)
		return code;
	va_start(arguments, detail_format);
	if (vasprintf(&raw, detail_format, arguments) < 0)
		raw = NULL;
	va_end(arguments);
	/* By way of a copy: the detail may come from outside, and may be the one that FAULT held. */
	clean = text_clean(raw ? raw : "", FAULT_DETAIL_SIZE - 1);
	*fault = (struct fault){ .code = code, .error_number = error_number };
	strcpy(fault->detail, clean);
	free(clean);
	free(raw);
	return code;
}

static const struct words *words_of(enum fault_code code)
{
	assert((unsigned)code < FAULT_COUNT);
	return &table[code];
}

const char *fault_slug(enum fault_code code)
{
	return words_of(code)->slug;
}

enum fault_code fault_from_slug(const char *slug)
{
	for (unsigned code = 0; code < FAULT_COUNT; code++)
		if (!strcmp(table[code].slug, slug))
			return (enum fault_code)code;
	return FAULT_HELPER;
}

const char *fault_what(enum fault_code code)
{
	const char *what = words_of(code)->what;

	return what ? _(what) : "";
}

const char *fault_advice(enum fault_code code)
{
	const char *advice = words_of(code)->advice;

	return advice ? _(advice) : "";
}

const char *fault_command_advice(enum fault_code code)
{
	const char *advice = words_of(code)->command_advice;

	return advice ? _(advice) : fault_advice(code);
}

bool fault_wants_own_keyring(enum fault_code code, bool windowless)
{
	switch (code) {
	case FAULT_NO_BUS:
	case FAULT_NO_SERVICE:
	case FAULT_DIED:
	case FAULT_NOT_STARTED:
		return true;
	case FAULT_NO_COLLECTION:
	case FAULT_LOCKED:
	case FAULT_REFUSED:
		return windowless;
	default:
		return false;
	}
}
