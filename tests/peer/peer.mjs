// SPDX-License-Identifier: MIT
//
// The Stripe stand-in: carries answers.mjs over TLS, and spoils them on demand.
// Stripe itself cannot be had for a test.
//
//   node peer.mjs CERTIFICATE KEY PERMISSIONS.json < setup.json
//
// Prints the port once it listens, and on a second line that of the proxy, if asked
// for. The setup comes on standard input, so that no key is in a file or an argument:
//
//   keys      [{"secret", "account", "permissions": ["rak_…"],
//               "state": "alive|expired|unknown|blocked|policy", "text": "old|new|plain",
//               "alive_for": requests until it is expired}]
//   delay_ms  every answer waits that long
//   http1     true: HTTP/1.1 only
//   faults    [{"path": how it begins, "kind": one of those below, "times": without: for ever}]
//   proxy     true: also an HTTP CONNECT proxy, whatever host it is asked for leads here
//   log       file to which a line of JSON is added for each request ("method", …), and one
//             for each answer just before it leaves ("answered")
//
// A bare list is a setup of keys and nothing else. A fault, but "slow", comes before
// every other check, and so does not count for alive_for.
import { appendFileSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { constants, createSecureServer } from "node:http2";
import { createServer as createHttp1Server } from "node:https";
import { connect } from "node:net";
import { fail, standIn } from "./answers.mjs";

const [certificate, privateKey, catalogueFile] = process.argv.slice(2);
const given = JSON.parse(readFileSync(0, "utf8"));
const setup = Array.isArray(given) ? { keys: given } : given;
const { keys = [], delay_ms = 0, http1 = false, faults = [], proxy = false, log } = setup;
const answer = standIn(keys, JSON.parse(readFileSync(catalogueFile, "utf8")));
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// -- what can go wrong ---------------------------------------------------------

const limited = fail(429, { code: "rate_limit", message: "Request rate limit exceeded. Learn more about rate limits " +
  "here https://stripe.com/docs/rate-limits." });
const broken = fail(500, { type: "api_error", message: "An unknown error occurred" });
const missing = fail(404, { code: "resource_missing", param: "id", message: "No such charge: 'ch_standin'" });
const portal = "<!DOCTYPE html><title>Welcome</title><p>Please accept the terms to use this network.</p>";
const html = { "content-type": "text/html; charset=utf-8" };

const spoiled = {
  "429": limited,
  "429-reason": { ...limited, headers: { "stripe-rate-limited-reason": "global-rate" } },
  lock: fail(429, { code: "lock_timeout", message: "This object cannot be accessed right now because another API " +
    "request or Stripe process is currently accessing it." }),
  500: broken,
  "500-retry": { ...broken, headers: { "stripe-should-retry": "true" } },
  "500-final": { ...broken, headers: { "stripe-should-retry": "false" } },
  409: fail(409, { type: "idempotency_error", code: "idempotency_key_in_use",
    message: "There is currently another in-progress request using this Idempotent Key." }),
  huge: fail(404, { code: "resource_missing", param: "id", message: `No such charge: '${"x".repeat(220 * 1024)}'` }),
  html: { status: 200, headers: html, body: portal },
  "html-404": { status: 404, headers: html, body: portal },
  redirect: { status: 302, headers: { location: "https://example.com/" }, body: "" },
  exists: { status: 200, body: { id: "ch_standin", object: "charge", amount: 100, currency: "eur" } },
  cut: { ...missing, body: JSON.stringify(missing.body).slice(0, 60) },
  truncated: { ...missing, sent: 60 },
  setup: fail(400, { message: "Your account is not set up to use Issuing. Please visit " +
    "https://dashboard.stripe.com/issuing/overview to get started." }),
  testonly: fail(400, { message: "This endpoint is only available in testmode. Try using your test keys instead." }),
  badversion: fail(400, { message: "Invalid Stripe API version: 1999-12-31" }),
  // Without an answer: the request is seen, and then …
  silent: { status: 0 },
  reset: { status: 0, end: "stream" },
  drop: { status: 0, end: "connection" },
};

function takeFault(url) {
  const fault = faults.find(({ path = "", times = Infinity }) => url.startsWith(path) && times > 0);

  if (fault?.times) fault.times--;
  return fault?.kind;
}

for (const { kind } of faults)
  if (!spoiled[kind] && kind !== "slow") throw new Error(`no fault is called ${kind}`);

// -- carrying it ---------------------------------------------------------------

// Wherever a key would come to stand but in its header, the log says so and not which.
const hide = (text) => keys.reduce((left, key) => left.replaceAll(key.secret, "A-SECRET"), text)
  .replace(/(rk|sk|rkcs)_(test|live)_[A-Za-z0-9]{16,}/g, "A-SECRET");

function record(entry) {
  const line = JSON.stringify({ at_ms: Math.round(performance.timeOrigin + performance.now()), ...entry });

  if (log) appendFileSync(log, `${hide(line)}\n`);
}

async function readBody(request) {
  const chunks = [];

  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// HTTP/2 can end a stream and keep the connection; with HTTP/1.1 they are one.
function breakOff({ stream, socket }, what) {
  if (!stream) socket.destroy();
  else if (what === "connection") stream.session.destroy();
  else stream.close(constants.NGHTTP2_INTERNAL_ERROR);
}

function send(request, response, { status, headers, body, sent }, id) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const version = request.headers["stripe-version"];

  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text),
    "request-id": id, ...(version && { "stripe-version": version }), ...headers });
  if (sent) response.write(text.slice(0, sent), () => setTimeout(() => breakOff(request, "stream"), 50));
  else response.end(text);
}

let counter = 0;

async function serve(request, response) {
  const id = `req_standin${++counter}`;
  const body = await readBody(request);
  const { authorization, ...headers } = request.headers;
  const kind = takeFault(request.url);
  const reply = spoiled[kind] ?? answer(request.method, request.url, request.headers, body.toString());

  record({ method: request.method, path: request.url, http: request.httpVersion,
    headers: { ...headers, ...(authorization && { authorization: "present" }) },
    body_length: body.length, status: reply.status });
  await wait(delay_ms + (kind === "slow" ? 3000 : 0));
  if (reply.end) breakOff(request, reply.end);
  else if (reply.status) {
    record({ answered: request.url, status: reply.status });
    send(request, response, reply, id);
  }
}

function startProxy(target) {
  const server = createServer((request, response) => response.writeHead(405).end());

  server.on("connect", (request, socket, head) => {
    const upstream = connect(target, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });

    record({ method: "CONNECT", path: request.url });
    socket.on("error", () => upstream.destroy());
    upstream.on("error", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1", () => console.log(`${target}\n${server.address().port}`));
}

const tls = { cert: readFileSync(certificate), key: readFileSync(privateKey) };
const server = http1 ? createHttp1Server(tls) : createSecureServer({ ...tls, allowHTTP1: true });

// A client that goes away in the middle is what some tests are about: no reason to end.
server.on("request", (request, response) => serve(request, response).catch(() => {}));
server.on("sessionError", () => {});
server.listen(0, "127.0.0.1", () =>
  proxy ? startProxy(server.address().port) : console.log(server.address().port));
