/** What the parts of the extension say to one another: one union for each direction. */

import type { AnnotationDocument } from "./annotation";

/** A page as a reader saw it: its address and the snapshot of it. */
export interface PageSeen {
  readonly url: string;
  readonly html: string;
}

/**
 * What can go wrong, each with what a sentence about it needs to name.
 *
 * `unreachable` nothing answers · `foreign` something answers, but no Backstory · `version` another wire ·
 * `token` missing or wrong · `toolarge` · `noarticle` · `busy` asked to wait · `unavailable` the service is ill ·
 * `slow` no answer in time · `refused` any other answer · `permission` the address was never allowed in Options ·
 * `unreadable` the browser keeps extensions off this page
 */
export const TROUBLES = [
  "unreachable",
  "foreign",
  "version",
  "token",
  "toolarge",
  "noarticle",
  "busy",
  "unavailable",
  "slow",
  "refused",
  "permission",
  "unreadable",
] as const;

export interface Trouble {
  readonly kind: (typeof TROUBLES)[number];
  /** What the sentence names: the server as `host:port`, a number of seconds, a version, what the service said. */
  readonly named: string;
}

export type Answer =
  | { readonly ok: true; readonly document: AnnotationDocument }
  | { readonly ok: false; readonly trouble: Trouble };

/** What a page's session says to the background. */
export type FromPage =
  | { readonly kind: "annotate"; readonly page: PageSeen }
  | { readonly kind: "keep"; readonly page: PageSeen }
  | { readonly kind: "state"; readonly state: PageState; readonly linked: number }
  | { readonly kind: "open-options" };

/** What the background says to a page's session. */
export type ToPage = { readonly kind: "toggle" } | { readonly kind: "step"; readonly by: 1 | -1 };

export type PageState = "off" | "reading" | "on" | "trouble";
