/* SPDX-License-Identifier: MIT */
/* A private session with a real keyring, for one test. */
#include "session.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_MS = 15000, LOOK_MS = 10, PIECE = 24 };

static const char password[] = "test";

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

static pid_t start(const char *const argv[], int in, const char *log)
{
	pid_t pid = fork();

	if (!pid) {
		int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setsid();
		dup2(in < 0 ? open("/dev/null", O_RDONLY) : in, 0);
		dup2(out, 1);
		dup2(out, 2);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	return pid;
}

static char *path_in(const struct session *session, const char *name)
{
	char *path;

	cr_assert(asprintf(&path, "%s/%s", session->folder, name) > 0);
	return path;
}

static void set_folder(const struct session *session, const char *variable, const char *name)
{
	char *path = path_in(session, name);

	cr_assert_eq(mkdir(path, 0700), 0);
	setenv(variable, path, 1);
	free(path);
}

static void set_environment(const struct session *session)
{
	static const char *const out[] = { "GNOME_KEYRING_CONTROL", "SSH_AUTH_SOCK", "DISPLAY", "WAYLAND_DISPLAY",
		"BROWSER", "SECRET_BACKEND", "ACCESSIBLE", "LANGUAGE" };

	set_folder(session, "HOME", "home");
	set_folder(session, "XDG_RUNTIME_DIR", "run");
	set_folder(session, "XDG_DATA_HOME", "data");
	set_folder(session, "XDG_CONFIG_HOME", "config");
	set_folder(session, "XDG_CACHE_HOME", "cache");
	set_folder(session, "XDG_STATE_HOME", "state");
	for (size_t i = 0; i < sizeof out / sizeof *out; i++)
		unsetenv(out[i]);
	setenv("LC_ALL", "C.UTF-8", 1);
}

/* The socket is there a moment before somebody listens at it. */
static bool listens(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int end = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool does;

	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	does = !connect(end, (const struct sockaddr *)&address, sizeof address);
	close(end);
	return does;
}

static void start_bus(struct session *session)
{
	char *config = path_in(session, "bus.conf"), *socket = path_in(session, "bus"), *log = path_in(session, "log");
	char *address, *option;
	FILE *file = fopen(config, "w");
	int waited = 0;

	cr_assert(file);
	fprintf(file, "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
		"\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig><type>session</type>"
		"<listen>unix:path=%s</listen><auth>EXTERNAL</auth><policy context=\"default\">"
		"<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>"
		"</policy></busconfig>\n", socket);
	fclose(file);
	cr_assert(asprintf(&option, "--config-file=%s", config) > 0);
	session->bus = start((const char *const[]){ "dbus-daemon", option, "--nofork", "--nopidfile", "--nosyslog", NULL },
			     -1, log);
	for (; !listens(socket) && waited < DEADLINE_MS; waited += LOOK_MS)
		pause_ms(LOOK_MS);
	cr_assert(waited < DEADLINE_MS, "dbus-daemon did not start");
	cr_assert(asprintf(&address, "unix:path=%s", socket) > 0);
	setenv("DBUS_SESSION_BUS_ADDRESS", address, 1);
	free(address), free(option), free(config), free(socket), free(log);
}

char *session_output(const char *const argv[])
{
	char *text = calloc(1, 64 * 1024);
	size_t length = 0;
	ssize_t got;
	int ends[2], status;
	pid_t pid;

	cr_assert(!pipe(ends));
	pid = fork();
	if (!pid) {
		dup2(ends[1], 1);
		close(ends[0]);
		close(ends[1]);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(ends[1]);
	while ((got = read(ends[0], text + length, 64 * 1024 - 1 - length)) > 0)
		length += (size_t)got;
	close(ends[0]);
	cr_assert_eq(waitpid(pid, &status, 0), pid);
	if (length && text[length - 1] == '\n')
		text[length - 1] = '\0';
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		free(text);
		return NULL;
	}
	return text;
}

char *session_output_of(const char *command, const char *input)
{
	int ends[2], before = dup(0);
	char *text;

	cr_assert(!pipe(ends));
	cr_assert_eq(write(ends[1], input, strlen(input)), (ssize_t)strlen(input));
	close(ends[1]);
	dup2(ends[0], 0);
	close(ends[0]);
	text = session_output((const char *const[]){ "sh", "-c", command, NULL });
	dup2(before, 0);
	close(before);
	return text;
}

/* ---- the keyrings ---- */

static char *call(const char *to, const char *path, const char *method, const char *first, const char *second,
		  const char *third)
{
	return session_output((const char *const[]){ "gdbus", "call", "--session", "--dest", to, "--object-path", path,
		"--method", method, first, second, third, NULL });
}

/* "/" is an answer too: there is no default keyring, or none yet. */
static bool default_is_open(void)
{
	char *alias = call("org.freedesktop.secrets", "/org/freedesktop/secrets",
			   "org.freedesktop.Secret.Service.ReadAlias", "default", NULL, NULL);
	char *path = alias ? strchr(alias, '/') : NULL, *locked = NULL;
	bool is_open;

	if (path && path[1] != '\'') {
		*strchr(path, '\'') = '\0';
		locked = call("org.freedesktop.secrets", path, "org.freedesktop.DBus.Properties.Get",
			      "org.freedesktop.Secret.Collection", "Locked", NULL);
	}
	is_open = locked && strstr(locked, "<false>");
	free(alias);
	free(locked);
	return is_open;
}

static void wait_until(bool (*is_so)(void), const char *otherwise)
{
	int waited = 0;

	for (; !is_so() && waited < DEADLINE_MS; waited += LOOK_MS)
		pause_ms(LOOK_MS);
	cr_assert(waited < DEADLINE_MS, "%s", otherwise);
}

static bool is_on_the_bus(void)
{
	char *found = session_output((const char *const[]){ "gdbus", "wait", "--session", "--timeout", "15",
		"org.freedesktop.secrets", NULL });
	bool is = found != NULL;

	free(found);
	return is;
}

/* Starts the keyring's program; INPUT is its standard input. */
static void start_program(struct session *session, const char *const argv[], const char *input)
{
	char *log = path_in(session, "log");
	int ends[2];

	cr_assert(!pipe2(ends, O_CLOEXEC));
	session->keyring = start(argv, ends[0], log);
	cr_assert_eq(write(ends[1], input, strlen(input)), (ssize_t)strlen(input));
	close(ends[0]);
	close(ends[1]);
	free(log);
	cr_assert(is_on_the_bus(), "%s did not start", argv[0]);
}

static void start_gnome_keyring(struct session *session, bool unlock)
{
	char *option;

	cr_assert(asprintf(&option, "--control-directory=%s/control", session->folder) > 0);
	start_program(session, (const char *const[]){ "gnome-keyring-daemon", "--foreground", "--components=secrets",
		option, unlock ? "--unlock" : NULL, NULL }, unlock ? password : "");
	free(option);
	if (unlock)
		wait_until(default_is_open, "the keyring did not open");
}

/* A database whose group "Secrets" is shown to other programs: no command sets that, but an import brings it along. */
static void make_database(const struct session *session)
{
	const char *asks = session->with == SESSION_KEEPASSXC_ASKS ? "true" : "false";
	char *command, *settings, *done;

	session_write(session, "keys.xml", "<KeePassFile><Meta><DatabaseName>keys</DatabaseName><CustomData><Item>"
		"<Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{02020202-0202-0202-0202-020202020202}</Value></Item></CustomData>"
		"</Meta><Root><Group><UUID>AQEBAQEBAQEBAQEBAQEBAQ==</UUID><Name>Root</Name><Group>"
		"<UUID>AgICAgICAgICAgICAgICAg==</UUID><Name>Secrets</Name></Group></Group></Root></KeePassFile>\n");
	cr_assert(asprintf(&settings, "[General]\nConfigVersion=2\nSingleInstance=false\n"
		"UpdateCheckMessageShown=true\nAutoSaveAfterEveryChange=true\n[GUI]\nCheckForUpdates=false\n"
		"[FdoSecrets]\nEnabled=true\nShowNotification=false\nConfirmDeleteItem=%s\nConfirmAccessItem=%s\n", asks, asks) > 0);
	session_write(session, "keepassxc.ini", settings);
	free(settings);
	session_write(session, "keepassxc-local.ini", "");
	cr_assert(asprintf(&command, "cd '%s' && exec keepassxc-cli import -q -t 100 -p keys.xml keys.kdbx 2>>log",
			   session->folder) > 0);
	done = session_output_of(command, "test\ntest\n");
	cr_assert(done, "keepassxc-cli could not make a database");
	free(done);
	free(command);
}

static void start_keepassxc(struct session *session)
{
	char *settings = path_in(session, "keepassxc.ini"), *local = path_in(session, "keepassxc-local.ini");
	char *database = path_in(session, "keys.kdbx");

	if (access(database, F_OK))
		make_database(session);
	start_program(session, (const char *const[]){ "keepassxc", "--config", settings, "--localconfig", local, "--pw-stdin",
		database, NULL }, "test\n");
	wait_until(default_is_open, "KeePassXC did not open its database");
	free(settings), free(local), free(database);
}

/* As pam_kwallet does: the one way to make and open a wallet without a window. */
static void open_wallet(void)
{
	static const char key[] = "[byte 7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,"
				  "7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7]";
	char *opened = call("org.kde.kwalletd5", "/modules/kwalletd5", "org.kde.KWallet.pamOpen", "kdewallet", key, "0");
	char *is_open = call("org.kde.kwalletd5", "/modules/kwalletd5", "org.kde.KWallet.isOpen", "kdewallet", NULL, NULL);

	cr_assert(opened && is_open && strstr(is_open, "true"), "the wallet did not open");
	free(opened);
	free(is_open);
}

/* A wallet that was just made is shown to other programs from the next start on. */
static void start_kwallet(struct session *session)
{
	static const char *const kwalletd[] = { "kwalletd5", NULL };
	bool is_new = session->keyring == 0;

	if (is_new) {
		session_write(session, "config/kwalletrc", "[Wallet]\nEnabled=true\nFirst Use=false\n"
			"Default Wallet=kdewallet\nUse One Wallet=true\nClose When Idle=false\nLeave Open=true\n"
			"Prompt on Open=false\nLaunch Manager=false\n[Auto Allow]\nkdewallet=org.freedesktop.secrets\n"
			"[org.freedesktop.secrets]\napiEnabled=true\n");
		start_program(session, kwalletd, "");
		open_wallet();
		kill(session->keyring, SIGTERM);
		waitpid(session->keyring, NULL, 0);
	}
	start_program(session, kwalletd, "");
	open_wallet();
}

static void start_keyring(struct session *session)
{
	setenv("QT_QPA_PLATFORM", "offscreen", 1);
	if (session->with == SESSION_KEEPASSXC || session->with == SESSION_KEEPASSXC_ASKS)
		start_keepassxc(session);
	else if (session->with == SESSION_KWALLET)
		start_kwallet(session);
	else
		start_gnome_keyring(session, true);
}

void session_start_keyring(struct session *session)
{
	start_keyring(session);
}

void session_lock(void)
{
	char *answer = session_output((const char *const[]){ "gdbus", "call", "--session", "--dest",
		"org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets", "--method",
		"org.freedesktop.Secret.Service.Lock", "[objectpath '/org/freedesktop/secrets/collection/login']", NULL });

	cr_assert(answer, "could not lock the keyring");
	free(answer);
}

static void start_desktop(struct session *session, enum session_keyring with)
{
	memset(session, 0, sizeof *session);
	session->with = with;
	strcpy(session->folder, "/tmp/keyguide-test.XXXXXX");
	cr_assert(mkdtemp(session->folder));
	set_environment(session);
	start_bus(session);
}

void session_start(struct session *session, enum session_kind kind)
{
	start_desktop(session, SESSION_GNOME_KEYRING);
	if (kind != SESSION_ABSENT)
		start_gnome_keyring(session, kind != SESSION_EMPTY);
	if (kind == SESSION_LOCKED)
		session_lock();
}

void session_start_with(struct session *session, enum session_keyring with)
{
	start_desktop(session, with);
	start_keyring(session);
}

static void end(pid_t pid)
{
	if (pid <= 0)
		return;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

void session_stop(struct session *session)
{
	end(session->keyring);
	end(session->bus);
	end(session->prompter);
	end(session->compositor);
	if (session->display > 0) {   /* asked, not killed: it takes its lock file away */
		kill(session->display, SIGTERM);
		waitpid(session->display, NULL, 0);
	}
	free(session_output((const char *const[]){ "rm", "-rf", session->folder, NULL }));
}

/* ---- a display and its clipboard ---- */

static void run_xvfb(int says, const char *log)
{
	int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	char descriptor[16];

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	dup2(out, 1);
	dup2(out, 2);
	snprintf(descriptor, sizeof descriptor, "%d", says);
	execlp("Xvfb", "Xvfb", "-displayfd", descriptor, "-screen", "0", "320x200x8", "-nolisten", "tcp", "-noreset", NULL);
	_exit(127);
}

/*
 * The server chooses a free display and says which. It is not to begin anew, and forget its clipboard, after its last client:
 * on a desktop there is always another. The line break comes in a second write: a server that nobody hears then ends.
 */
void session_start_display(struct session *session)
{
	char number[16] = ":", *log = path_in(session, "log");
	size_t length = 1;
	int ends[2];

	cr_assert(!pipe(ends));
	session->display = fork();
	if (!session->display) {
		close(ends[0]);
		run_xvfb(ends[1], log);
	}
	close(ends[1]);
	while (length + 1 < sizeof number && !strchr(number, '\n') && read(ends[0], number + length, 1) == 1)
		length++;
	close(ends[0]);
	cr_assert(strchr(number, '\n'), "Xvfb did not start");
	number[strcspn(number, "\n")] = '\0';
	setenv("DISPLAY", number, 1);
	free(log);
}

/* Root is refused by it. What it makes must then be in a folder of nobody's, which ours has to let nobody into. */
static uid_t let_nobody_in(const struct session *session, const char *folder)
{
	enum { NOBODY = 65534 };

	if (geteuid())
		return geteuid();
	cr_assert(!chmod(session->folder, 0711) && !chown(folder, NOBODY, NOBODY));
	return NOBODY;
}

static void run_sway(const char *folder, const char *config, const char *log, uid_t user)
{
	int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

	dup2(open("/dev/null", O_RDONLY), 0);
	dup2(out, 1);
	dup2(out, 2);
	if (user != geteuid() && (setgroups(0, NULL) || setgid(user) || setuid(user)))
		_exit(127);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setenv("XDG_RUNTIME_DIR", folder, 1);
	setenv("WLR_BACKENDS", "headless", 1);
	setenv("WLR_RENDERER", "pixman", 1);
	setenv("WLR_LIBINPUT_NO_DEVICES", "1", 1);
	execlp("sway", "sway", "--config", config, NULL);
	_exit(127);
}

void session_start_wayland(struct session *session)
{
	char *folder = path_in(session, "way"), *config = path_in(session, "way/config"), *log = path_in(session, "log");
	char *socket = path_in(session, "way/wayland-1");
	int waited = 0;
	uid_t user;

	cr_assert(!mkdir(folder, 0700));
	session_write(session, "way/config", "xwayland disable\n");
	user = let_nobody_in(session, folder);
	session->compositor = fork();
	if (!session->compositor)
		run_sway(folder, config, log, user);
	for (; !listens(socket) && waited < DEADLINE_MS; waited += LOOK_MS)
		pause_ms(LOOK_MS);
	cr_assert(waited < DEADLINE_MS, "sway did not start");
	setenv("WAYLAND_DISPLAY", socket, 1);
	free(folder), free(config), free(log), free(socket);
}

/* Where distributions put it. */
static const char *prompter_path(void)
{
	static const char *const paths[] = { "/usr/libexec/gcr-prompter", "/usr/lib/gcr-prompter", "/usr/lib/gcr/gcr-prompter" };

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (!access(paths[i], X_OK))
			return paths[i];
	cr_assert_fail("gcr-prompter is not there");
	return NULL;
}

void session_start_prompter(struct session *session)
{
	char *log = path_in(session, "log"), *found;

	session->prompter = start((const char *const[]){ prompter_path(), NULL }, -1, log);
	found = session_output((const char *const[]){ "gdbus", "wait", "--session", "--timeout", "15",
		"org.gnome.keyring.SystemPrompter", NULL });
	cr_assert(found, "gcr-prompter did not start");
	free(found), free(log);
}

/*
 * A window is on the screen before it listens, and no window manager hands it the focus: what was typed may be lost. So
 * it is typed again, in the place of what may be there, until the window is as THEN (a test of the shell's) says.
 */
static void type_into_window(const char *text, const char *key, const char *then)
{
	char *command, *done;

	cr_assert(asprintf(&command, "look() { xdotool search --onlyvisible --name Unlock getwindowgeometry 2>/dev/null; }\n"
		"timeout 20 xdotool search --sync --onlyvisible --name Unlock >/dev/null || exit\n"
		"for try in 1 2 3 4; do\n"
		"timeout 5 xdotool search --onlyvisible --name Unlock windowfocus --sync\n"
		"[ -z '%s' ] || { xdotool key ctrl+a && xdotool type '%s'; }\n"
		"before=${before-$(look)}\n"
		"xdotool key %s\n"
		"for wait in $(seq 50); do now=$(look); %s && exit; sleep 0.1; done\n"
		"done\n"
		"exit 1", text, text, key, then) > 0);
	done = session_output_of(command, "");
	cr_assert(done, "no window came up, or it did not take what was typed");
	free(command), free(done);
}

void session_type_into_window(const char *text, const char *key)
{
	type_into_window(text, key, "[ -z \"$now\" ]");
}

/* It says so in a line of its own, for which it grows. */
void session_type_wrong_password(const char *text)
{
	type_into_window(text, "Return", "[ -n \"$now\" ] && [ \"$now\" != \"$before\" ]");
}

static bool clipboard_is(const char *wanted)
{
	char *found = getenv("WAYLAND_DISPLAY") ? session_output((const char *const[]){ "wl-paste", "--no-newline", NULL }) :
		session_output((const char *const[]){ "xclip", "-selection", "clipboard", "-o", NULL });
	bool is = !strcmp(found ? found : "", wanted);

	free(found);
	return is;
}

/* A selection is handed over in its own time. */
bool session_clipboard_becomes(const char *wanted)
{
	for (int looks = 0; looks < 100; looks++) {
		if (clipboard_is(wanted))
			return true;
		pause_ms(20);
	}
	return false;
}

char *session_lookup(const char *name, const char *mode)
{
	const char *const lookup[] = { "secret-tool", "lookup", "name", name, "mode", mode, NULL };
	char *found = NULL;

	/* KWallet fails secret-tool too, about once in a hundred connections. */
	for (int tries = 0; tries < 3 && !found; tries++)
		found = session_output(lookup);
	return found;
}

char *session_make_key(const char *prefix)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	enum { WHOLE = 107 };
	size_t from = strlen(prefix);
	unsigned char noise[WHOLE];
	char *key = calloc(1, WHOLE + 1);

	strcpy(key, prefix);
	cr_assert_eq(getrandom(noise, sizeof noise, 0), (ssize_t)sizeof noise);
	for (size_t i = from; i < WHOLE; i++)
		key[i] = letters[noise[i] % (sizeof letters - 1)];
	memcpy(key + WHOLE - 4, "wEg1", 4);
	return key;
}

/* ---- where a key must not be ---- */

static size_t count_pieces(const char *bytes, size_t length, const char *text)
{
	size_t count = 0;

	for (size_t at = 0; at + PIECE <= strlen(text); at += PIECE)
		for (const char *from = bytes, *hit; (hit = memmem(from, length - (size_t)(from - bytes), text + at, PIECE));
		     from = hit + 1)
			count++;
	return count;
}

size_t session_count_in_memory(pid_t pid, const char *text)
{
	char path[64], line[512];
	size_t count = 0;
	FILE *maps;
	int memory;

	snprintf(path, sizeof path, "/proc/%d/maps", pid);
	maps = fopen(path, "r");
	snprintf(path, sizeof path, "/proc/%d/mem", pid);
	memory = open(path, O_RDONLY);
	cr_assert(maps && memory >= 0, "the memory of %d cannot be read: this test needs root", pid);
	while (fgets(line, sizeof line, maps)) {
		unsigned long from, to;
		char rights[8], *bytes;

		if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) != 3 || rights[0] != 'r' || strstr(line, "[v"))
			continue;
		bytes = malloc(to - from);
		if (pread(memory, bytes, to - from, (off_t)from) == (ssize_t)(to - from))
			count += count_pieces(bytes, to - from, text);
		free(bytes);
	}
	fclose(maps);
	close(memory);
	return count;
}

bool session_is_in_files(const struct session *session, const char *text)
{
	char *piece = strndup(text + 8, PIECE);
	char *found = session_output((const char *const[]){ "grep", "-rlaF", "--devices=skip", piece, session->folder, NULL });

	if (found)
		printf("found in: %s\n", found);
	free(piece);
	free(found);
	return found != NULL;
}

static FILE *open_in(const struct session *session, const char *name, const char *how)
{
	char path[200];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", session->folder, name);
	file = fopen(path, how);
	cr_assert(file, "%s", path);
	return file;
}

char *session_read(const struct session *session, const char *name)
{
	FILE *file = open_in(session, name, "r");
	char *text = NULL;
	size_t size = 0;

	if (getdelim(&text, &size, '\0', file) < 0)
		strcpy(text, "");
	fclose(file);
	return text;
}

void session_write(const struct session *session, const char *name, const char *text)
{
	FILE *file = open_in(session, name, "w");

	fputs(text, file);
	fclose(file);
}
