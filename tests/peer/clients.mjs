// SPDX-License-Identifier: MIT
//
// Stripe's own clients ask the stand-in: what it says is what they expect of Stripe.
// So a test of ours that passes against it is not only a test against ourselves.
//
//   npm ci --ignore-scripts --prefix FOLDER      (FOLDER has copies of package.json and package-lock.json)
//   node clients.mjs FOLDER                      or: KEYGUIDE_CLIENTS=FOLDER node --test clients.mjs
//
// Without a folder: this one. openssl makes the certificate; nothing leaves this machine.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent } from "node:https";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = createRequire(join(resolve(process.argv[2] ?? process.env.KEYGUIDE_CLIENTS ?? here), "/"));
const Stripe = packages("stripe");
const scratch = mkdtempSync(join(tmpdir(), "keyguide-clients-"));
const at = (name) => join(scratch, name);

// Put together here, for a scanner cannot tell an invented key from a real one.
const secret = () =>
  ["rk", "test", randomBytes(300).toString("base64").replace(/[^A-Za-z0-9]/g, "").slice(0, 99)].join("_");
const key = (more) => ({ secret: secret(), account: "acct_1Standin", permissions: ["rak_charge_read"], ...more });
const keys = { new: key({ text: "new" }), old: key({ text: "old" }), expired: key({ state: "expired" }),
  blocked: key({ state: "blocked" }), foreign: key({ state: "unknown" }) };

// One resource for each, so that one stand-in does for all.
const faults = [
  { path: "/v1/customers/", kind: "429" },
  { path: "/v1/coupons/", kind: "lock" },
  { path: "/v1/events/", kind: "500-retry", times: 1 },
  { path: "/v1/refunds/", kind: "500-final" },
  { path: "/v1/payouts/", kind: "409" },
  { path: "/v1/invoices/", kind: "drop", times: 1 },
  { path: "/v1/products/", kind: "html" },
  { path: "/v1/disputes/", kind: "cut" },
  { path: "/v1/topups/", kind: "truncated" },
  { path: "/v1/quotes/", kind: "setup" },
  { path: "/v1/reviews/", kind: "exists" },
];

let peer, port, proxy;

const logged = (match) =>
  readFileSync(at("log"), "utf8").trim().split("\n").map((line) => JSON.parse(line)).filter(match);
const asked = (path) => logged((line) => line.path === path).length;

before(async () => {
  // Both names: the library is told an address, the CLI believes that it asks api.stripe.com.
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
    "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1,DNS:api.stripe.com",
    "-keyout", at("key.pem"), "-out", at("ca.pem")], { stdio: "ignore" });
  peer = spawn(process.execPath, [join(here, "peer.mjs"), at("ca.pem"), at("key.pem"),
    join(here, "../../data/permissions.json")], { stdio: ["pipe", "pipe", "inherit"] });
  peer.stdin.end(JSON.stringify({ keys: Object.values(keys), faults, proxy: true, log: at("log") }));
  let said = "";
  for await (const chunk of peer.stdout.iterator({ destroyOnReturn: false }))
    if ((said += chunk).split("\n").length > 2) break;
  [port, proxy] = said.split("\n").map(Number);
  assert.ok(port && proxy, "the stand-in did not start");
});

after(() => {
  peer?.kill();
  rmSync(scratch, { recursive: true });
});

// -- the library -----------------------------------------------------------------

function client({ secret: apiKey }, options) {
  const httpAgent = new Agent({ ca: readFileSync(at("ca.pem")) });

  return new Stripe(apiKey, { host: "127.0.0.1", port, protocol: "https", httpAgent, maxNetworkRetries: 0,
    timeout: 20000, telemetry: false, ...options });
}

const failure = (owner, ask, options) =>
  ask(client(owner, options)).then(() => assert.fail("it was not refused"), (error) => error);

const charge = (stripe) => stripe.charges.retrieve("ch_standin");
const price = (stripe) => stripe.prices.retrieve("price_standin");
const once = { maxNetworkRetries: 1 };

const cases = [
  ["a thing that does not exist", keys.new, charge, "StripeInvalidRequestError", 404, "resource_missing",
    /^No such charge: 'ch_standin'$/],
  ["a list, which the stand-in never gives", keys.new, (stripe) => stripe.charges.list(), "StripeInvalidRequestError",
    404, undefined, /^Unrecognized request URL \(GET: \/v1\/charges\)/],
  ["a parameter", keys.new, (stripe) => stripe.charges.retrieve("ch_standin", { foo: 1 }), "StripeInvalidRequestError",
    400, "parameter_unknown", /^Received unknown parameter: foo$/],
  ["no permission, in the new words", keys.new, price, "StripePermissionError", 403, "more_permissions_required",
    /Enabling "Prices Read" \('plan_read'\)/],
  ["no permission, in the old words", keys.old, price, "StripePermissionError", 403, undefined,
    /Having the 'rak_plan_read' permission/],
  ["no permission, in the old words, for an API of 2015", keys.old, price, "StripeAuthenticationError", 401, undefined,
    /Having the 'rak_plan_read' permission/, { apiVersion: "2015-10-16" }],
  ["an expired key", keys.expired, charge, "StripeAuthenticationError", 401, "api_key_expired",
    /^Expired API Key provided: rk_test_\*+\w{6}$/],
  ["a key that Stripe does not know", key(), charge, "StripeAuthenticationError", 401, undefined,
    /^Invalid API Key provided: rk_test_\*+\w{4}$/],
  ["a key of the list, said to be unknown", keys.foreign, charge, "StripeAuthenticationError", 401, undefined,
    /^Invalid API Key provided/],
  ["a key that is blocked here", keys.blocked, charge, "StripeAuthenticationError", 401, undefined, /IP address/],
  ["too many requests", keys.new, (stripe) => stripe.customers.retrieve("cus_standin"), "StripeRateLimitError", 429,
    "rate_limit", /rate limit/],
  ["a lock", keys.new, (stripe) => stripe.coupons.retrieve("standin"), "StripeRateLimitError", 429, "lock_timeout",
    /cannot be accessed right now/],
  // The library has a class for it, but makes one only of a 400.
  ["a conflict", keys.new, (stripe) => stripe.payouts.retrieve("po_standin"), "StripeAPIError", 409,
    "idempotency_key_in_use", /in-progress/],
  ["a product that is not set up", keys.new, (stripe) => stripe.quotes.retrieve("qt_standin"),
    "StripeInvalidRequestError", 400, undefined, /not set up/],
];

for (const [name, owner, ask, type, status, code, message, options] of cases)
  test(`library: ${name}`, async () => {
    const error = await failure(owner, ask, options);

    assert.deepEqual([error.type, error.statusCode, error.code], [type, status, code]);
    assert.match(error.message, message);
    assert.match(error.requestId, /^req_standin\d+$/);
  });

test("library: a 500 to be tried again is tried again", async () => {
  const error = await failure(keys.new, (stripe) => stripe.events.retrieve("evt_standin"), once);

  assert.equal(asked("/v1/events/evt_standin"), 2);
  assert.equal(error.statusCode, 403, "the second answer counts");
});

test("library: a final 500 is not", async () => {
  const error = await failure(keys.new, (stripe) => stripe.refunds.retrieve("re_standin"), once);

  assert.equal(asked("/v1/refunds/re_standin"), 1);
  assert.deepEqual([error.type, error.statusCode], ["StripeAPIError", 500]);
});

test("library: a closed connection is tried again", async () => {
  const error = await failure(keys.new, (stripe) => stripe.invoices.retrieve("in_standin"), once);

  assert.equal(asked("/v1/invoices/in_standin"), 2);
  assert.equal(error.statusCode, 403, "the second answer counts");
});

for (const [name, type, ask] of [
  ["a page of the network it is in", "StripeAPIError", (stripe) => stripe.products.retrieve("prod_standin")],
  ["half an error", "StripeAPIError", (stripe) => stripe.disputes.retrieve("dp_standin")],
  ["half an answer", "StripeConnectionError", (stripe) => stripe.topups.retrieve("tu_standin")],
])
  test(`library: ${name} is not an answer`, async () => assert.equal((await failure(keys.new, ask)).type, type));

test("library: a thing that exists after all", async () =>
  assert.equal((await client(keys.new).reviews.retrieve("prv_standin")).id, "ch_standin"));

// -- the CLI ---------------------------------------------------------------------

// The binary that @stripe/cli would start: its lock file cannot be complete where the
// registry has not the binaries of every platform, and npm ci wants a complete one.
const binary = (() => {
  try {
    return join(dirname(packages.resolve("@stripe/cli-linux-x64/package.json")), "bin/stripe");
  } catch {
    return null;
  }
})();
const skip = !binary && "no Stripe CLI for this platform";

// Its --api-base takes no https address but Stripe's: hence the proxy. All else of the
// environment stays out, above all a NO_PROXY and a login of whoever runs this.
const cli = ({ secret: STRIPE_API_KEY }, ...words) => execFileSync(binary, words, { encoding: "utf8", timeout: 60000,
  cwd: scratch, stdio: ["ignore", "pipe", "pipe"], env: { HOME: scratch, STRIPE_API_KEY,
    HTTPS_PROXY: `http://127.0.0.1:${proxy}`, SSL_CERT_FILE: at("ca.pem"), STRIPE_CLI_TELEMETRY_OPTOUT: "1",
    STRIPE_NO_AUTO_UPDATE: "1" } });

for (const [name, owner, path, status, code, message] of [
  ["a thing that does not exist", keys.new, "/v1/charges/ch_cli", 404, "resource_missing",
    /^No such charge: 'ch_cli'$/],
  ["no permission, in the new words", keys.new, "/v1/prices/price_new", 403, "more_permissions_required",
    /Enabling "Prices Read" \('plan_read'\)/],
  ["no permission, in the old words", keys.old, "/v1/prices/price_old", 403, undefined,
    /Having the 'rak_plan_read' permission/],
])
  test(`CLI: ${name}`, { skip }, () => {
    const { error } = JSON.parse(cli(owner, "get", path));

    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.deepEqual(logged((line) => line.path === path).map((line) => line.status), [status]);
    assert.ok(logged((line) => line.method === "CONNECT" && line.path === "api.stripe.com:443").length);
  });

// It has words of its own for that, and so knew Stripe's.
test("CLI: an expired key", { skip }, () =>
  assert.throws(() => cli(keys.expired, "get", "/v1/charges/ch_expired"), ({ stderr }) => /has expired/.test(stderr)));

// -- the stand-in itself -----------------------------------------------------------

test("no secret is in the log", () => {
  const text = readFileSync(at("log"), "utf8");

  for (const { secret } of Object.values(keys)) assert.ok(!text.includes(secret.slice(8)));
});
