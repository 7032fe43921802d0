// SPDX-License-Identifier: MIT
//
// What Stripe is known to say to a question about a thing that cannot exist: status
// and body, and nothing of how they travel.
//
// Order of the checks: authentication 401, unknown parameters 400, permission 403,
// existence 404. Source: public projects and threads (trufflehog, stripe-node#2246,
// stripe-cli#792), November 2026; confidence medium to high.

const doc = (code) => `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;

export const fail = (status, error) => ({ status, body: { error: {
  type: "invalid_request_error", ...error, ...(error.code && { doc_url: doc(error.code) }) } } });

// Both ways in which Stripe shows a key it was given; the tail is of another length in each.
const prefix = (secret) => secret.match(/^[a-z]+_(test|live)_/)?.[0] ?? "";
const starred = (secret, tail) =>
  prefix(secret) + "*".repeat(Math.max(0, secret.length - prefix(secret).length - tail)) + secret.slice(-tail);
const shortened = (secret) => `${prefix(secret)}...${secret.slice(-4)}`;

const noKey = fail(401, { message: "You did not provide an API key. You need to provide your API key in the " +
  "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See " +
  "https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/." });
const unknownKey = (secret) => fail(401, { message: `Invalid API Key provided: ${starred(secret, 4)}` });

const lifeless = {
  unknown: ({ secret }) => unknownKey(secret),
  expired: ({ secret }) =>
    fail(401, { code: "api_key_expired", message: `Expired API Key provided: ${starred(secret, 6)}` }),
  blocked: () => fail(401, { message: "The API key provided does not allow requests from your IP address." }),
  // A guess: nobody has published what an access policy says.
  policy: () =>
    fail(403, { message: "Requests from this IP address are not allowed by the API key's IP access policy." }),
};

// A row whose slug nobody knows: Stripe would name it, the stand-in cannot.
const nameless = "Having more permissions would allow this request to continue.";

const lacks = (shown, account) => `The provided key '${shown}' does not have the required permissions for this ` +
  `endpoint on account '${account}'.`;

function refusedOld(key, route, version) {
  const remedy = route.slug ? `Having the '${route.slug}' permission would allow this request to continue.` : nameless;

  return fail(version && version < "2016-10-19" ? 401 : 403,
    { message: `${lacks(starred(key.secret, 6), key.account)} ${remedy}` });
}

function refusedNew(key, route) {
  const label = key.text === "plain" ? route.label : `"${route.label}"`;
  const remedy = route.slug ? `Enabling ${label} ('${route.slug.replace("rak_", "")}') permissions on this key would ` +
    "allow this request to continue." : nameless;
  const dashboard = `https://dashboard.stripe.com/b/${key.account}?destination=%2F`;

  return fail(403, { code: "more_permissions_required", request_log_url: `${dashboard}logs%2Freq_standin`,
    message: `Permission denied. ${lacks(shortened(key.secret), key.account)} ${remedy} ` +
      `You can edit permissions at ${dashboard}apikeys%2Fmk_standin%2Fedit` });
}

function missing(path, id) {
  const noun = path.split("/{id}")[0].split("/").pop().replace(/s$/, "");

  return fail(404, { code: "resource_missing", param: noun === "payment_intent" ? "intent" : "id",
    message: `No such ${noun}: '${id}'` });
}

// "GET /v1/charges/{id}" → what it takes to ask. Only what the catalogue asks is known.
function readRoutes(catalogue) {
  return catalogue.rows.flatMap((row) => [[row.read, "Read"], [row.write, "Write"]].flatMap(([level, word]) =>
    level?.ask ? [{ ...level.ask, slug: level.slug, label: `${row.label} ${word}`,
      pattern: new RegExp(`^${level.ask.path.replace("{id}", "([^/]+)")}$`) }] : []));
}

// Write brings the Read of its row.
const allows = (key, slug) => slug !== null &&
  (key.permissions.includes(slug) || key.permissions.includes(slug.replace(/_read$/, "_write")));

export function standIn(keys, catalogue) {
  const routes = readRoutes(catalogue);
  const uses = new Map();

  function authenticate(secret) {
    const key = keys.find((known) => known.secret === secret);

    if (!secret) return { refusal: noKey };
    if (!key) return { refusal: unknownKey(secret) };
    uses.set(key, (uses.get(key) ?? 0) + 1);
    const state = key.alive_for !== undefined && uses.get(key) > key.alive_for ? "expired" : key.state ?? "alive";
    return { key, refusal: lifeless[state]?.(key) };
  }

  return function answer(method, url, headers, body) {
    const { key, refusal } = authenticate(headers.authorization?.match(/^Bearer (.+)$/)?.[1]);
    const [path, query] = url.split("?");
    const route = routes.find((known) => known.method === method && known.pattern.test(path));

    if (refusal) return refusal;
    if (!route) return fail(404, { message: `Unrecognized request URL (${method}: ${path}). Please see ` +
      "https://stripe.com/docs or we can help at https://support.stripe.com/." });
    if (query || body) {
      const [param] = new URLSearchParams(query || body).keys();

      return fail(400, { code: "parameter_unknown", param, message: `Received unknown parameter: ${param}` });
    }
    if (!allows(key, route.slug))
      return key.text === "old" ? refusedOld(key, route, headers["stripe-version"]) : refusedNew(key, route);
    return missing(route.path, path.match(route.pattern)[1]);
  };
}
