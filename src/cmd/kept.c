/* SPDX-License-Identifier: MIT */
#include "cmd/kept.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/say.h"
#include "sys/own_keyring.h"
#include "sys/records.h"

struct helper_request kept_request(enum helper_verb verb, const struct options *options, const char *name)
{
	bool attended = isatty(STDERR_FILENO);

	return (struct helper_request){
		.verb = verb, .name = name, .mode = options->live ? MODE_LIVE : MODE_TEST,
		.either_mode = !options->live && !options->test,
		.unlock = attended, .limit_ms = attended ? 0 : KEPT_LIMIT_MS,
	};
}

char *kept_advice(const struct options *options, enum fault_code code)
{
	/* Where the keyring's own program failed the wizard has "Try again"; a command has this alone. */
	bool wanted = code == FAULT_SERVICE_FAILED || fault_wants_own_keyring(code, !own_keyring_window());
	const char *path = wanted ? own_keyring_starter() : NULL;
	char *starter, *line, *hint, *advice;

	if (!path)
		return mem_strdup(fault_command_advice(code));
	starter = text_shell(path);
	line = options_line(options);
	/* TRANSLATORS: %1$s and %2$s are one line, to be typed as it stands: nothing behind it */
	hint = mem_printf(_("Or let keyguide open a keyring for this command: %1$s %2$s"), starter, line);
	advice = mem_printf(_("%s %s"), fault_command_advice(code), hint);
	free(hint);
	free(line);
	free(starter);
	return advice;
}

int kept_fail(const struct options *options, const struct fault *fault)
{
	bool wrong = fault->code == FAULT_NOT_FOUND || fault->code == FAULT_TWO_KEYS || fault->code == FAULT_NOT_A_KEY;
	char *advice = kept_advice(options, fault->code);
	int status = fail_advising(wrong ? EXIT_WRONG_USE : EXIT_NO_KEYRING, fault, advice);

	free(advice);
	return status;
}

int kept_list(const struct options *options, struct helper_reply *reply)
{
	struct helper_request request = kept_request(HELPER_LIST, options, NULL);
	struct fault fault = { .detail = "" };
	struct helper *helper = helper_start(&request, NULL, &fault);

	*reply = (struct helper_reply){ .fault = fault.code };
	if (!helper)
		return kept_fail(options, &fault);
	helper_wait(helper, reply);
	helper_free(helper);
	fault_set(&fault, reply->fault, 0, "%s", reply->detail);
	return reply->fault == FAULT_NONE ? EXIT_DONE : kept_fail(options, &fault);
}

static void remember(struct kept_key *key, const struct helper_kept *kept)
{
	*key = (struct kept_key){ .name = mem_strdup(kept->name), .mode = kept->mode };
	if (records_load(kept->name, kept->mode, &key->record, NULL) != FAULT_NONE)
		*key->record.created = '\0';
}

struct kept_key *kept_remembered(const struct helper_reply *reply)
{
	struct kept_key *keys = mem_new(reply->kept_count + 1, sizeof *keys);

	for (size_t i = 0; i < reply->kept_count; i++)
		remember(&keys[i], &reply->kept[i]);
	return keys;
}

void kept_forget(struct kept_key *keys, size_t count)
{
	for (size_t i = 0; keys && i < count; i++) {
		free(keys[i].name);
		record_done(&keys[i].record);
	}
	free(keys);
}

static bool is_meant(const struct helper_kept *kept, const struct options *options)
{
	bool mode = kept->mode == MODE_LIVE ? !options->test : !options->live;

	return mode && !strcmp(kept->name, options->arguments[0]);
}

int kept_other_mode(enum mode seen)
{
	return fail(EXIT_WRONG_USE, seen == MODE_LIVE ? _("this is a live key, but a sandbox key was meant") :
		    _("this is a sandbox key, but a live key was meant"),
		    _("use the other key, or change --test, --live or the \"mode\" in the plan"));
}

int kept_find(const struct options *options, struct kept_key **key)
{
	struct fault fault = { .detail = "" };
	struct helper_reply reply;
	int status = kept_list(options, &reply);
	size_t found = 0;

	*key = mem_new(1, sizeof **key);
	for (size_t i = 0; i < reply.kept_count; i++)
		if (is_meant(&reply.kept[i], options) && !found++)
			remember(*key, &reply.kept[i]);
	helper_reply_done(&reply);
	if (status == EXIT_DONE && found == 1)
		return status;
	kept_forget(*key, 1);
	*key = NULL;
	if (status != EXIT_DONE)
		return status;
	fault_set(&fault, found ? FAULT_TWO_KEYS : FAULT_NOT_FOUND, 0, "%s", "");
	return kept_fail(options, &fault);
}
