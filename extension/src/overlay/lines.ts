/**
 * The lines under the words, drawn by the CSS Custom Highlight API: the page's own tree is not touched.
 *
 * A kind of line is a name in the registry. Each comes in two inks, for light and for dark pages.
 */

import type { Item } from "../annotation";
import { isOnDark } from "./ink";
import lineStyles from "./lines.css";

/** An item and where it stands in the page; no range where its words are not there. */
export interface Overlay {
  readonly item: Item;
  readonly range: Range | null;
}

const NAMES = ["claim", "date", "attribution", "focus"] as const;
type Name = (typeof NAMES)[number];

// The tint lies behind; a date in a claim is drawn after the claim.
const PRIORITY: Readonly<Record<Name, number>> = { focus: 0, attribution: 1, claim: 2, date: 3 };

export class Lines {
  readonly #highlights = new Map<string, Highlight>();
  readonly #sheet = new CSSStyleSheet();
  readonly #roots = new Set<Document | ShadowRoot>();
  #withAttributions = false;

  constructor() {
    this.#sheet.replaceSync(lineStyles);
    for (const name of NAMES) {
      for (const ink of ["", "-on-dark"]) {
        const highlight = new Highlight();
        highlight.priority = PRIORITY[name];
        this.#highlights.set(`backstory-${name}${ink}`, highlight);
        CSS.highlights.set(`backstory-${name}${ink}`, highlight);
      }
    }
  }

  /** Draw these and nothing else. */
  draw(overlays: readonly Overlay[]): void {
    this.#clear(["claim", "date", "attribution"]);
    for (const { item, range } of overlays) {
      if (range && this.isDrawn(item)) this.#add(item.kind, range);
    }
  }

  /** Tint the words of one overlay, or of none. */
  focus(overlay: Overlay | null): void {
    this.#clear(["focus"]);
    if (overlay?.range) this.#add("focus", overlay.range);
  }

  /** Whether an item is one that is underlined: a claim with prior coverage, a date, an attribution when asked for. */
  isDrawn(item: Item): boolean {
    if (item.kind === "claim") return item.coverage.length > 0;
    return item.kind === "date" || this.#withAttributions;
  }

  get withAttributions(): boolean {
    return this.#withAttributions;
  }

  set withAttributions(asked: boolean) {
    this.#withAttributions = asked;
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
      for (const ink of ["", "-on-dark"]) this.#highlights.get(`backstory-${name}${ink}`)?.clear();
    }
  }
}
