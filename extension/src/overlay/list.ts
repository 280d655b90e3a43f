/** All that was found on the page, in the order of the page: for those who cannot see lines, and for all at once. */

import type { AnnotationDocument, ClaimItem, Item } from "../annotation";
import { coverageOf } from "./contents";
import { button, element, link } from "./elements";
import { saysSomething, type Overlay } from "./lines";
import { sayCount, sayDays, sayOneOf, type MessageKey, type Say } from "./say";

export interface ListAsks {
  /** Go to an overlay's words and open its card. */
  go(overlay: Overlay): void;
  /** Underline attributions, or no longer. */
  underline(asked: boolean): void;
}

// Words quoted from the page in a line of the list.
const MAX_WORDS = 140;

export function listOf(
  say: Say,
  document: AnnotationDocument,
  overlays: readonly Overlay[],
  underlined: boolean,
  asks: ListAsks,
): HTMLElement {
  const telling = overlays.filter(({ item }) => saysSomething(item));
  const found = telling.filter(({ range }) => range !== null);
  const covered = found.filter(({ item }) => item.kind === "claim");
  const dates = found.filter(({ item }) => item.kind === "date");
  const said = found.filter(({ item }) => item.kind === "attribution");
  const orphans = telling.filter(({ range }) => range === null);
  const goTo = (overlay: Overlay): HTMLElement => {
    const words = element("span", { dir: "auto" }, shortened(overlay.item.place.quote.exact));
    const line = button("", "line", () => asks.go(overlay));
    line.append(words, element("small", {}, glossOf(say, overlay.item)));
    return line;
  };
  const sections = [
    ...document.degraded.map((what) => element("p.degraded", {}, sayDegraded(say, what))),
    document.background.length > 0
      ? section(say, "list_background", coverageOf(say, document.background, document.published))
      : null,
    linesOf(say, "list_claims", covered.map(goTo)),
    linesOf(say, "list_dates", dates.map(goTo)),
    linesOf(say, "list_attributions", said.map(goTo), underliner(say, underlined, asks)),
    abstentionsOf(say, document),
    linesOf(say, "list_orphans", orphans.map(({ item }) => element("span", { dir: "auto" }, shortened(item.place.quote.exact)))),
  ].filter((one): one is HTMLElement => one !== null);
  const shown = sections.length > 0 ? sections : [element("p", {}, say("list_empty"))];
  return element("div.list", {}, element("h2", {}, say("list_title")), ...shown);
}

/** What could not be done, for a reader. */
export function sayDegraded(say: Say, what: string): string {
  if (what.startsWith("language:")) return say("degraded_language");
  return what === "archive" ? say("degraded_archive") : say("degraded_unknown", what);
}

/** Why a claim has no prior coverage, naming the time or the outlet that it names. */
export function sayAbstention(say: Say, { abstained, missing }: ClaimItem): string {
  const names = new Map([
    ["nothing-in-window", sayDays(say, missing.start, missing.end)],
    ["outlet-not-in-archive", missing.publisher],
  ]);
  const named = names.get(abstained) ?? "";
  return sayOneOf((key) => say(key, named), "abstained", named ? `${abstained}-named` : abstained, say("abstained_unsaid"));
}

function abstentionsOf(say: Say, { items }: AnnotationDocument): HTMLElement | null {
  const claims = items.filter(isAbstained);
  if (claims.length === 0) return null;
  const lines = claims.map((claim) =>
    element(
      "li",
      {},
      element("span", { dir: "auto" }, shortened(claim.place.quote.exact)),
      element("small", {}, sayAbstention(say, claim), ...fillerOf(say, claim)),
    ),
  );
  const summary = element("summary", {}, sayCount(say, "list_abstained", claims.length));
  return element("details", {}, summary, element("ul", {}, ...lines));
}

function fillerOf(say: Say, { missing: { fill } }: ClaimItem): (HTMLElement | string)[] {
  return fill === "" ? [] : [" ", link(fill, say("fill"))];
}

function isAbstained(item: Item): item is ClaimItem {
  return item.kind === "claim" && item.coverage.length === 0;
}

function glossOf(say: Say, item: Item): string {
  if (item.kind === "date") return sayDays(say, item.start, item.end);
  if (item.kind === "attribution") return item.name ? say("said_by", item.name) : say("said_by_unnamed");
  const [first] = item.coverage;
  return first ? first.headline || first.publisher : "";
}

function linesOf(say: Say, heading: MessageKey, lines: readonly HTMLElement[], below?: HTMLElement): HTMLElement | null {
  if (lines.length === 0) return null;
  const list = element("ul", {}, ...lines.map((line) => element("li", {}, line)));
  return section(say, heading, list, below);
}

function section(say: Say, heading: MessageKey, ...contents: (HTMLElement | undefined)[]): HTMLElement {
  return element("section", {}, element("h3", {}, say(heading)), ...contents.map((one) => one ?? null));
}

function underliner(say: Say, checked: boolean, asks: ListAsks): HTMLElement {
  const box = element("input", { type: "checkbox", checked });
  box.addEventListener("change", () => asks.underline(box.checked));
  return element("label", {}, box, say("list_underline"));
}

function shortened(words: string): string {
  return words.length <= MAX_WORDS ? words : `${words.slice(0, MAX_WORDS).replace(/\s+\S*$/, "")}…`;
}
