/** Where the service is: what Options saves and the background reads. */

/** A service, and what it takes to be let in. */
export interface Connection {
  /** An origin, without a slash at its end. */
  readonly server: string;
  readonly token: string;
}

export interface Settings extends Connection {
  /** Whether what was read is kept in the archive. */
  readonly keep: boolean;
}

export const DEFAULTS: Settings = { server: "http://127.0.0.1:8478", token: "", keep: false };

export async function loadSettings(): Promise<Settings> {
  return { ...DEFAULTS, ...(await chrome.storage.local.get<Partial<Settings>>(["server", "token", "keep"])) };
}

export async function saveSettings(settings: Settings): Promise<void> {
  await chrome.storage.local.set(settings);
}

// Chromium takes a blank in a host for an escape.
const HOST = /^[^%\s]+$/;

/** What a reader typed as an address of a service, a path in front of it included; `null` where it is none. */
export function readServer(typed: string): string | null {
  const address = typed.trim();
  const url = URL.parse(/^[a-z]+:\/\//i.test(address) ? address : `http://${address}`);
  if (!url || !["http:", "https:"].includes(url.protocol) || !HOST.test(url.hostname)) return null;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** Whether a service runs on this very computer: it then answers for itself whom it lets ask. */
export function isLocal(server: string): boolean {
  const { hostname } = new URL(server);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** The permission that asking a server takes. */
export function originsOf(server: string): string[] {
  const { protocol, hostname } = new URL(server);
  return [`${protocol}//${hostname}/*`];
}

/** A server as it is named to a reader. */
export function nameOf(server: string): string {
  return server.replace(/^https?:\/\//, "");
}
