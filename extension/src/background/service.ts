/** The service, asked over HTTP: the extension's only requests. */

import { NotADocumentError, readDocument } from "../annotation";
import type { Answer, PageSeen, Trouble } from "../protocol";
import { isLocal, nameOf, originsOf, type Connection } from "./settings";

/** The wire that this extension speaks. */
export const API = 1;

const ANSWER_MS = 25_000; // the browser puts a worker to sleep that waits thirty seconds
const HEALTH_MS = 5_000;
const MAX_REASON = 300; // characters that the service's own words may have

type Failure = { readonly ok: false; readonly trouble: Trouble };

export type Kept = { readonly ok: true } | Failure;

export type Health = { readonly ok: true; readonly version: string } | Failure;

// What each status says, by api.md. Any other answer may come from anything at all, so that health decides.
const STATUSES: Readonly<Record<number, Trouble["kind"]>> = {
  401: "token",
  413: "toolarge",
  422: "noarticle",
  429: "busy",
  503: "unavailable",
};

/** Have a page annotated. Never throws: what went wrong is an answer too. */
export async function annotate(settings: Connection, page: PageSeen): Promise<Answer> {
  const body = JSON.stringify({ ...page, read_at: new Date().toISOString() });
  try {
    const response = await post(settings, "/api/annotations", "application/json", body);
    return response.ok ? { ok: true, document: readDocument(await response.json(), settings.server) } : await failure(settings, response);
  } catch (error) {
    return broken(settings, error);
  }
}

/** Have the archive keep an article as it was read. Never throws. */
export async function keep(settings: Connection, { url, html }: PageSeen, published: string): Promise<Kept> {
  const line = JSON.stringify({ url, html, ...(published ? { published } : {}) });
  try {
    const response = await post(settings, "/api/articles", "application/x-ndjson", `${line}\n`);
    if (!response.ok) return await failure(settings, response);
    const { refused } = (await response.json()) as { refused?: readonly { reason?: unknown }[] };
    if (!refused?.[0]) return { ok: true };
    return { ok: false, trouble: { kind: "refused", named: String(refused[0].reason).slice(0, MAX_REASON) } };
  } catch (error) {
    return broken(settings, error);
  }
}

/** Whether a Backstory that we can speak with answers, and if not, why. */
export async function askHealth(settings: Connection): Promise<Health> {
  const { server } = settings;
  const trouble = (kind: Trouble["kind"]): Health => ({ ok: false, trouble: { kind, named: nameOf(server) } });
  if (!(await isAllowed(server))) return trouble("permission");
  try {
    const response = await ask(settings, "/healthz");
    const health = (await response.json()) as { name?: unknown; version?: unknown; api?: unknown };
    if (health.name !== "Backstory") return trouble("foreign");
    return health.api === API ? { ok: true, version: String(health.version) } : trouble("version");
  } catch (error) {
    if (isTimeout(error)) return trouble("slow");
    return trouble((await answersAnything(server)) ? "foreign" : "unreachable");
  }
}

/** Whether the token is the one that the service wants; `open` where it wants none. */
export async function askToken(settings: Connection): Promise<"right" | "wrong" | "open"> {
  const asks = (one: Connection): Promise<Response> => ask(one, "/api/articles?limit=1");
  if ((await asks(settings)).status === 401) return "wrong";
  return (await asks({ ...settings, token: "" })).status === 401 ? "right" : "open";
}

function ask(settings: Connection, path: string): Promise<Response> {
  return fetch(settings.server + path, {
    headers: authorization(settings),
    signal: AbortSignal.timeout(HEALTH_MS),
    credentials: "omit",
    redirect: "error",
    cache: "no-store",
  });
}

function post(settings: Connection, path: string, type: string, body: string): Promise<Response> {
  return fetch(settings.server + path, {
    method: "POST",
    headers: { "Content-Type": type, ...authorization(settings) },
    body,
    signal: AbortSignal.timeout(ANSWER_MS),
    credentials: "omit",
    redirect: "error",
  });
}

/** What an answer that is no yes says. */
async function failure(settings: Connection, response: Response): Promise<Failure> {
  const kind = STATUSES[response.status];
  if (kind) return { ok: false, trouble: { kind, named: nameOf(settings.server) } };
  return diagnosed(settings, { kind: "refused", named: await detailOf(response) });
}

/** What no answer, or one that means nothing, says. */
async function broken(settings: Connection, error: unknown): Promise<Failure> {
  const named = nameOf(settings.server);
  if (isTimeout(error)) return { ok: false, trouble: { kind: "slow", named } };
  return diagnosed(settings, { kind: error instanceof NotADocumentError ? "version" : "foreign", named });
}

/** After an answer that says little: what health finds wrong, else what was found first. */
async function diagnosed(settings: Connection, otherwise: Trouble): Promise<Failure> {
  const health = await askHealth(settings);
  return { ok: false, trouble: health.ok ? otherwise : health.trouble };
}

/** Whether anything listens there. Its answer is not read, so that it need not allow us. */
async function answersAnything(server: string): Promise<boolean> {
  try {
    await fetch(server, { mode: "no-cors", credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(HEALTH_MS) });
    return true;
  } catch {
    return false;
  }
}

async function isAllowed(server: string): Promise<boolean> {
  return isLocal(server) || (await chrome.permissions.contains({ origins: originsOf(server) }));
}

function authorization({ token }: Connection): Record<string, string> {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/** What a problem document says was wrong (RFC 9457), shortened. */
async function detailOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: unknown };
  return typeof problem.detail === "string" ? problem.detail.slice(0, MAX_REASON) : String(response.status);
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}
