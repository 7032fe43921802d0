/* SPDX-License-Identifier: MIT */
/* Memory that cannot fail. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_end(void *memory)
{
	if (!memory) {
		fputs("keyguide: out of memory\n", stderr);
		abort();
	}
	return memory;
}

void *mem_new(size_t count, size_t size)
{
	return or_end(calloc(count ? count : 1, size ? size : 1));
}

void *mem_resize(void *old, size_t count, size_t size)
{
	return or_end(reallocarray(old, count ? count : 1, size ? size : 1));
}

char *mem_strdup(const char *s)
{
	return s ? or_end(strdup(s)) : NULL;
}

char *mem_strndup(const char *s, size_t length)
{
	return s ? or_end(strndup(s, length)) : NULL;
}

void mem_free_wiped(char *s)
{
	if (s)
		explicit_bzero(s, strlen(s));
	free(s);
}

char *mem_printf(const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	return or_end(text);
}
