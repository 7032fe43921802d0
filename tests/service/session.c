/* SPDX-License-Identifier: MIT */
/* A private session with a real keyring, for one test. */
#include "session.h"

#include <criterion/criterion.h>
#include <fcntl.h>
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

static bool login_is_open(void)
{
	char *answer = session_output((const char *const[]){ "gdbus", "call", "--session", "--dest",
		"org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets/collection/login", "--method",
		"org.freedesktop.DBus.Properties.Get", "org.freedesktop.Secret.Collection", "Locked", NULL });
	bool is_open = answer && strstr(answer, "<false>");

	free(answer);
	return is_open;
}

static void start_daemon(struct session *session, bool unlock)
{
	char *log = path_in(session, "log"), *control = path_in(session, "control"), *option, *found;
	int ends[2], waited = 0;

	cr_assert(!pipe2(ends, O_CLOEXEC));
	cr_assert(asprintf(&option, "--control-directory=%s", control) > 0);
	session->keyring = start((const char *const[]){ "gnome-keyring-daemon", "--foreground", "--components=secrets",
		option, unlock ? "--unlock" : NULL, NULL }, ends[0], log);
	if (unlock)
		cr_assert_eq(write(ends[1], password, strlen(password)), (ssize_t)strlen(password));
	close(ends[0]);
	close(ends[1]);
	found = session_output((const char *const[]){ "gdbus", "wait", "--session", "--timeout", "15",
		"org.freedesktop.secrets", NULL });
	cr_assert(found, "the keyring did not start");
	for (; unlock && !login_is_open() && waited < DEADLINE_MS; waited += LOOK_MS)
		pause_ms(LOOK_MS);
	cr_assert(waited < DEADLINE_MS, "the keyring did not open");
	free(found), free(option), free(control), free(log);
}

void session_start_keyring(struct session *session)
{
	start_daemon(session, true);
}

void session_lock(void)
{
	char *answer = session_output((const char *const[]){ "gdbus", "call", "--session", "--dest",
		"org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets", "--method",
		"org.freedesktop.Secret.Service.Lock", "[objectpath '/org/freedesktop/secrets/collection/login']", NULL });

	cr_assert(answer, "could not lock the keyring");
	free(answer);
}

void session_start(struct session *session, enum session_kind kind)
{
	memset(session, 0, sizeof *session);
	strcpy(session->folder, "/tmp/keyguide-test.XXXXXX");
	cr_assert(mkdtemp(session->folder));
	set_environment(session);
	start_bus(session);
	if (kind != SESSION_ABSENT)
		start_daemon(session, kind != SESSION_EMPTY);
	if (kind == SESSION_LOCKED)
		session_lock();
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
	if (session->display > 0) {   /* asked, not killed: it takes its lock file away */
		kill(session->display, SIGTERM);
		waitpid(session->display, NULL, 0);
	}
	free(session_output((const char *const[]){ "rm", "-rf", session->folder, NULL }));
}

/* ---- a display and its clipboard ---- */

/* The server chooses a free display and says which. */
void session_start_display(struct session *session)
{
	char number[16] = ":";
	int ends[2];
	ssize_t got;

	cr_assert(!pipe(ends));
	session->display = fork();
	if (!session->display) {
		char descriptor[16];
		int nothing = open("/dev/null", O_RDWR);

		prctl(PR_SET_PDEATHSIG, SIGTERM);
		dup2(nothing, 1);
		dup2(nothing, 2);
		snprintf(descriptor, sizeof descriptor, "%d", ends[1]);
		execlp("Xvfb", "Xvfb", "-displayfd", descriptor, "-screen", "0", "320x200x8", "-nolisten", "tcp", NULL);
		_exit(127);
	}
	close(ends[1]);
	got = read(ends[0], number + 1, sizeof number - 2);
	close(ends[0]);
	cr_assert(got > 0, "Xvfb did not start");
	number[got + 1] = '\0';
	number[strcspn(number, "\n")] = '\0';
	setenv("DISPLAY", number, 1);
}

static bool clipboard_is(const char *wanted)
{
	char *found = session_output((const char *const[]){ "xclip", "-selection", "clipboard", "-o", NULL });
	bool is = !strcmp(found ? found : "", wanted);

	free(found);
	return is;
}

/* X hands a selection over in its own time. */
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
	return session_output((const char *const[]){ "secret-tool", "lookup", "name", name, "mode", mode, NULL });
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
