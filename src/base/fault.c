/* SPDX-License-Identifier: MIT */
/* What can go wrong: one table, what happened and what to do. */
#include "base/fault.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

struct row {
	const char *slug, *what, *advice;
};

static const struct row rows[FAULT_COUNT] = {
	[FAULT_NONE] = { "none", N_("Nothing is wrong."), N_("There is nothing to do.") },
	[FAULT_NO_BUS] = { "no-bus",
		N_("There is no desktop session here, so there is no keyring to use."),
		N_("Start keyguide in a terminal window on your desktop. Without a desktop: ./bootstrap run starts a "
		   "keyring, too.") },
	[FAULT_OTHER_USER] = { "other-user",
		N_("This is the session of another user, so its keyring cannot be used."),
		N_("Start keyguide as yourself, without sudo.") },
	[FAULT_BUS_SILENT] = { "bus-silent",
		N_("Your desktop session does not answer."),
		N_("Log out and in again, then start keyguide once more.") },
	[FAULT_NO_SERVICE] = { "no-service",
		N_("No keyring is running on this computer."),
		N_("Start one: GNOME Keyring, KWallet, or KeePassXC with \"Secret Service Integration\" switched on. "
		   "Then try again.") },
	[FAULT_SERVICE_FAILED] = { "service-failed",
		N_("Your keyring could not start."),
		N_("Log out and in again. If that does not help, install GNOME Keyring anew.") },
	[FAULT_NO_COLLECTION] = { "no-collection",
		N_("You have no keyring yet, and no window could be shown to make one."),
		N_("Open \"Passwords and Keys\" (Seahorse), make a keyring and set it as the default. Then try again.") },
	[FAULT_LOCKED] = { "locked",
		N_("Your keyring is locked."),
		N_("Choose \"Unlock the keyring\" and give its password in the window that comes up; or unlock it on "
		   "your desktop and try again.") },
	[FAULT_REFUSED] = { "refused",
		N_("The keyring stayed locked: its window was closed, or could not be shown."),
		N_("Unlock the keyring on your desktop, then try again.") },
	[FAULT_STALLED] = { "stalled",
		N_("Your keyring does not answer."),
		N_("Look whether it shows a window somewhere. Then try again.") },
	[FAULT_DIED] = { "died",
		N_("Your keyring stopped while it was being used."),
		N_("Wait a moment, then try again. If it does not come back, log out and in again.") },
	[FAULT_WRITE_FAILED] = { "write-failed",
		N_("Your keyring could not write its file: the disk is full, or may not be written."),
		N_("Make room on the disk, then try again.") },
	[FAULT_NOT_KEPT] = { "not-kept",
		N_("Your keyring said yes, but the key is not in it."),
		N_("Look whether it asks for your permission in a window. Then try again.") },
	[FAULT_KWALLET_PARTS] = { "kwallet-parts",
		N_("KWallet is not completely installed."),
		N_("Install the package libqca-qt5-2-plugins, then try again.") },
	[FAULT_KEYRING_ODD] = { "keyring-odd",
		N_("Your keyring gave an answer that keyguide does not know."),
		N_("Try again. If it stays so, log out and in again.") },
	[FAULT_NOT_FOUND] = { "not-found",
		N_("There is no such key in your keyring."),
		N_("Look at its name once more.") },
	[FAULT_OFFLINE] = { "offline",
		N_("Stripe could not be reached: there is no way to the internet from here just now."),
		N_("Check your connection, then try again.") },
	[FAULT_TLS] = { "tls",
		N_("The connection to Stripe could not be trusted, so nothing was asked."),
		N_("You may be in a network that listens in, such as a hotel's or a company's. Try another one.") },
	[FAULT_STRIPE_SLOW] = { "stripe-slow",
		N_("Stripe did not answer in time."),
		N_("Try again in a minute.") },
	[FAULT_STRIPE_ODD] = { "stripe-odd",
		N_("The answer was not one of Stripe's."),
		N_("You may have to log in to this network first. Then try again.") },
	[FAULT_HELPER] = { "helper",
		N_("A part of keyguide is missing or stopped early."),
		N_("Install keyguide anew, then try again.") },
	[FAULT_STOPPED] = { "stopped",
		N_("You stopped waiting, so it is not known whether it was done."),
		N_("Try again: doing it twice does no harm.") },
	[FAULT_BROWSER] = { "browser",
		N_("No browser could be opened from here."),
		N_("Type the address into a browser, also on another computer.") },
	[FAULT_CLIPBOARD] = { "clipboard",
		N_("The clipboard could not be used."),
		N_("Install wl-clipboard or xclip, or choose another way.") },
	[FAULT_MANAGER] = { "manager",
		N_("The password manager did not take the key."),
		N_("Try again, or choose another way.") },
	[FAULT_FILE_READ] = { "file-read",
		N_("A file could not be read."),
		N_("Check that it is there and that you may read it.") },
	[FAULT_FILE_WRITE] = { "file-write",
		N_("A file could not be written."),
		N_("Check that there is room on the disk and that you may write there.") },
	[FAULT_FILE_BROKEN] = { "file-broken",
		N_("A file is not as it should be."),
		N_("It was set aside. Begin anew.") },
};

enum fault_code fault_set(struct fault *fault, enum fault_code code, int error_number,
			  const char *detail_format, ...)
{
	va_list arguments;

	if (!fault)
		return code;
	fault->code = code;
	fault->error_number = error_number;
	va_start(arguments, detail_format);
	vsnprintf(fault->detail, sizeof fault->detail, detail_format, arguments);
	va_end(arguments);
	return code;
}

const char *fault_slug(enum fault_code code)
{
	assert(code < FAULT_COUNT);
	return rows[code].slug;
}

enum fault_code fault_from_slug(const char *slug)
{
	for (int code = 0; code < FAULT_COUNT; code++)
		if (!strcmp(rows[code].slug, slug))
			return (enum fault_code)code;
	return FAULT_HELPER;
}

const char *fault_what(enum fault_code code)
{
	assert(code < FAULT_COUNT);
	return _(rows[code].what);
}

const char *fault_advice(enum fault_code code)
{
	assert(code < FAULT_COUNT);
	return _(rows[code].advice);
}
