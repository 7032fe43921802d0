/* SPDX-License-Identifier: MIT */
/* Stripe's address, or this computer's: no other, however it is written. */
#include <criterion/criterion.h>

#include "core/api_base.h"

Test(api_base, is_stripes_or_this_computers)
{
	static const char *const right[] = { "https://api.stripe.com", "https://api.stripe.com/", "HTTPS://API.Stripe.com//",
		"https://127.0.0.1:8443", "https://127.0.0.1:8443/", "http://127.1.2.3", "https://localhost:1", "https://LOCALHOST:1",
		"https://[::1]", "http://[::1]:8080/", "http://localhost/somewhere" };

	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		cr_expect(api_base_is_allowed(right[i]), "%s", right[i]);
}

Test(api_base, is_nobody_elses)
{
	static const char *const wrong[] = { "", "/", "//x", "localhost", "https://", "https:///", "https://example.com",
		"http://api.stripe.com", "https://api.stripe.com:444", "https://api.stripe.com.example.com",
		"https://api.stripe.com/v1", "https://api.stripe.com@127.0.0.1:1", "https://127.0.0.1@example.com",
		"https://127.0.0.1.example.com", "https://localhost.example.com", "https://127.0.0.1:1:2", "https://127.0.0.1:",
		"https://127.0.0.1:1x", "https://[::1", "https://[::1].example.com", "https://[::1]x", "https://localhost?x",
		"https://localhost#x", "https://localhost\\@example.com", "ftp://127.0.0.1", "file:///etc/passwd",
		"https://128.0.0.1", " https://localhost", "https://localhost.very.long.name.example.com" };

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		cr_expect_not(api_base_is_allowed(wrong[i]), "%s", wrong[i]);
}

Test(api_base, ends_before_its_slashes)
{
	cr_expect_eq(api_base_length("https://localhost:1"), 19);
	cr_expect_eq(api_base_length("https://localhost:1//"), 19);
	cr_expect_eq(api_base_length(""), 0);
}
