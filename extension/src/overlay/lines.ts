/**
 * The lines under the words, drawn by the CSS Custom Highlight API: the page's own tree is not touched.
 *
 * A kind of line is a name in the registry. Each comes in two inks, for light and for dark pages.
 */

import type { Item } from "../annotation";
import { isOnDark } from "./ink";

/** An item and where it stands in the page; no range where its words are not there. */
export interface Overlay {
  readonly item: Item;
  readonly range: Range | null;
}

type Name = "focus" | "attribution" | "claim" | "date" | "date-in-claim";
type Ink = "" | "-on-dark";

// Drawn in this order, each above the one before.
const NAMES: readonly Name[] = ["focus", "attribution", "claim", "date", "date-in-claim"];
const INKS: readonly Ink[] = ["", "-on-dark"];

const [OCHRE, SEA, GREY] = [
  { "": "#8a5a00", "-on-dark": "#e8b964" },
  { "": "#0b6e69", "-on-dark": "#6fd3c7" },
  { "": "#6b6b6b", "-on-dark": "#a3a3a3" },
];
// A date in a claim is dotted below the claim's own line.
const STROKES: Readonly<Record<Exclude<Name, "focus">, [ink: typeof OCHRE, stroke: string, offset: string]>> = {
  attribution: [GREY, "dashed 1px", "3px"],
  claim: [OCHRE, "solid 2px", "3px"],
  date: [SEA, "dotted 2px", "3px"],
  "date-in-claim": [SEA, "dotted 2px", "7px"],
};

export class Lines {
  readonly #highlights = new Map<string, Highlight>();
  readonly #sheet = new CSSStyleSheet();
  readonly #roots = new Set<Document | ShadowRoot>();
  /** Whether attributions were asked for. */
  withAttributions = false;

  constructor() {
    this.#sheet.replaceSync(INKS.map(stylesIn).join(""));
    for (const ink of INKS) {
      for (const [priority, name] of NAMES.entries()) {
        const highlight = new Highlight();
        highlight.priority = priority;
        this.#highlights.set(`backstory-${name}${ink}`, highlight);
        CSS.highlights.set(`backstory-${name}${ink}`, highlight);
      }
    }
  }

  /** Draw these and nothing else. */
  draw(overlays: readonly Overlay[]): void {
    this.#clear(NAMES.filter((name) => name !== "focus"));
    const claims: Range[] = [];
    for (const { item, range } of overlays) {
      if (!range || !this.isDrawn(item)) continue;
      if (item.kind === "claim") claims.push(range);
      const isInClaim = item.kind === "date" && claims.some((claim) => claim.isPointInRange(range.startContainer, range.startOffset));
      this.#add(isInClaim ? "date-in-claim" : item.kind, range);
    }
  }

  /** Tint the words of one overlay, or of none. */
  focus(overlay: Overlay | null): void {
    this.#clear(["focus"]);
    if (overlay?.range) this.#add("focus", overlay.range);
  }

  /** Whether an item is one that is underlined: it has something to say, and an attribution was asked for. */
  isDrawn(item: Item): boolean {
    return saysSomething(item) && (item.kind !== "attribution" || this.withAttributions);
  }

  remove(): void {
    for (const name of this.#highlights.keys()) CSS.highlights.delete(name);
    for (const root of this.#roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((one) => one !== this.#sheet);
  }

  #add(name: Name, range: Range): void {
    const node = range.startContainer;
    const root = node.getRootNode();
    if (root instanceof Document || root instanceof ShadowRoot) this.#style(root);
    const dark = node.parentElement !== null && isOnDark(node.parentElement);
    this.#highlights.get(`backstory-${name}${dark ? "-on-dark" : ""}`)?.add(range);
  }

  /** A highlight's style reaches no further than the tree it stands in, so each tree with words is given it. */
  #style(root: Document | ShadowRoot): void {
    if (this.#roots.has(root)) return;
    this.#roots.add(root);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
  }

  #clear(names: readonly Name[]): void {
    for (const name of names) {
      for (const ink of INKS) this.#highlights.get(`backstory-${name}${ink}`)?.clear();
    }
  }
}

/** A claim says something by its prior coverage, a date by the days it names ("now" names none). */
export function saysSomething(item: Item): boolean {
  if (item.kind === "claim") return item.coverage.length > 0;
  return item.kind === "attribution" || item.start !== "";
}

/** The rules of one ink. Colours of a reader's own choosing win over ours. */
function stylesIn(ink: Ink): string {
  const lines = Object.entries(STROKES).map(([name, [colours, stroke, offset]]) => {
    const of = `::highlight(backstory-${name}${ink})`;
    return `${of}{text-decoration:underline ${stroke} ${colours[ink]};text-underline-offset:${offset}}
@media (forced-colors:active){${of}{text-decoration-color:CanvasText}}
@media print{${of}{text-decoration-line:none}}`;
  });
  const focus = `::highlight(backstory-focus${ink})`;
  return `${lines.join("")}${focus}{background-color:${OCHRE[ink]}2e}
@media (forced-colors:active){${focus}{background-color:Highlight;color:HighlightText}}`;
}
