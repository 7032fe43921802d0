// SPDX-License-Identifier: MIT
//
// The Stripe stand-in: what Stripe is known to answer to a question about a thing
// that cannot exist. Stripe itself cannot be had for a test.
//
//   node peer.mjs CERTIFICATE KEY PERMISSIONS.json < keys.json
//
// keys.json: [{"secret", "account", "permissions": ["rak_…"], "state": "alive|expired|blocked", "text": "old|new"}].
// On standard input, so that no key is in a file or an argument. Prints the port
// once it listens.
//
// Order of the checks: authentication 401, unknown parameters 400, permission 403,
// existence 404. Source: public projects and threads (trufflehog, stripe-node#2246,
// stripe-cli#792), November 2026; confidence medium to high.
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";

const [certificate, privateKey, catalogueFile] = process.argv.slice(2);
const keys = JSON.parse(readFileSync(0, "utf8"));

// "/v1/charges/{id}" → what it takes to ask.
const routes = JSON.parse(readFileSync(catalogueFile, "utf8")).rows.flatMap((row) =>
  row.read?.ask ? [{ label: row.label, slug: row.read.slug, path: row.read.ask.path }] : []);

const fail = (status, error) => ({ status, body: { error: { type: "invalid_request_error", ...error } } });
const hidden = (secret) => `${secret.slice(0, 8)}${"*".repeat(12)}${secret.slice(-4)}`;

function refuse(key, route) {
  if (key.text === "old")
    return fail(403, { message: `The provided key '${hidden(key.secret)}' does not have the required permissions for ` +
      `this endpoint on account '${key.account}'. Having the '${route.slug}' permission would allow this request to continue.` });
  return fail(403, { code: "more_permissions_required",
    message: `Permission denied. The provided key '${key.secret.slice(0, 8)}...${key.secret.slice(-4)}' does not have the ` +
      `required permissions for this endpoint on account '${key.account}'. Enabling "${route.label} Read" ` +
      `('${route.slug?.replace("rak_", "")}') permissions on this key would allow this request to continue.` });
}

function findRoute(path) {
  return routes.find((route) => {
    const [before, after] = route.path.split("{id}");
    return path.startsWith(before) && path.endsWith(after) && path.length > before.length + after.length &&
      !path.slice(before.length, path.length - after.length).includes("/");
  });
}

function answer(method, url, headers) {
  const secret = headers.authorization?.replace(/^Bearer /, "");
  const key = keys.find((known) => known.secret === secret);
  const [path, query] = url.split("?");
  const route = findRoute(path);

  if (!secret) return fail(401, { message: "You did not provide an API key." });
  if (!key) return fail(401, { message: `Invalid API Key provided: ${hidden(secret)}` });
  if (key.state === "expired")
    return fail(401, { code: "api_key_expired", message: `Expired API Key provided: ${hidden(secret)}` });
  if (key.state === "blocked")
    return fail(401, { message: "The API key provided does not allow requests from your IP address." });
  if (query) return fail(400, { code: "parameter_unknown", message: "Received unknown parameter" });
  if (method !== "GET" || !route) return fail(404, { message: `Unrecognized request URL (${method}: ${path}).` });
  if (!key.permissions.includes(route.slug)) return refuse(key, route);
  return fail(404, { code: "resource_missing", param: "id", message: `No such object: '${path.split("/").pop()}'` });
}

const server = createSecureServer({ cert: readFileSync(certificate), key: readFileSync(privateKey), allowHTTP1: true });

server.on("request", (request, response) => {
  const { status, body } = answer(request.method, request.url, request.headers);

  response.writeHead(status, { "content-type": "application/json", "request-id": "req_standin" });
  response.end(JSON.stringify(body));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
