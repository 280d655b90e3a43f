/** The earlier passage as it is shown: the part that bears on the claim, with the shared words in bold. */

import type { Coverage } from "../annotation";
import { element } from "./elements";

// About five lines of the card.
const MAX_SHOWN = 320;
const ELLIPSIS = "…";
const SHARED: ReadonlySet<string> = new Set(["entity", "term", "number", "quote"]);

export function passageOf(coverage: Coverage): HTMLElement | null {
  if (coverage.passage === "") return null;
  const words = coverage.because.filter(({ kind }) => SHARED.has(kind)).map(({ there }) => there);
  const shared = pattern(words);
  const parts = excerpt(coverage.passage, shared).split(shared);
  const text = parts.map((part, index) => (index % 2 === 0 ? part : element("b", {}, part)));
  return element("blockquote", { dir: "auto", lang: coverage.language || false }, ...text);
}

/** The passage where it is short; else the stretch of it around the first shared word, cut between words. */
function excerpt(passage: string, shared: RegExp): string {
  if (passage.length <= MAX_SHOWN) return passage;
  const first = Math.max(0, passage.search(shared));
  const start = Math.max(0, Math.min(first - MAX_SHOWN / 4, passage.length - MAX_SHOWN));
  const end = Math.min(passage.length, start + MAX_SHOWN);
  const cut = passage.slice(start, end);
  const from = start > 0 ? cut.replace(/^\S*\s+/, ELLIPSIS) : cut;
  return end < passage.length ? from.replace(/\s+\S*$/, ELLIPSIS) : from;
}

/** The words as one pattern with one group; words stand for themselves, whatever characters they hold. */
function pattern(words: readonly string[]): RegExp {
  const literal = [...new Set(words)]
    .filter((word) => word.trim() !== "")
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  if (literal.length === 0) return /((?!))/gu;
  return new RegExp(`(?<![\\p{L}\\p{N}])(${literal.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}
