/** Everything a reader sees of Backstory on a page, from the first line drawn to the last trace removed. */

import type { AnnotationDocument, Item } from "../annotation";
import { Card } from "./card";
import { contentsOf } from "./contents";
import { button, element } from "./elements";
import { Host } from "./host";
import { Lines, type Overlay } from "./lines";
import { listOf, sayDegraded } from "./list";
import { Notice, type Action } from "./notice";
import { watchPointer, type Rest } from "./pointer";
import { sayCount, type Say } from "./say";

export type { Overlay } from "./lines";

// By their place on the keyboard, whatever letters are on them; with two modifiers, so that no page's own are taken.
const KEYS: Readonly<Record<string, "next" | "previous" | "list">> = { KeyJ: "next", KeyK: "previous", KeyL: "list" };

export class Overlays {
  readonly #say: Say;
  readonly #end = new AbortController();
  readonly #host: Host;
  readonly #lines = new Lines();
  readonly #card: Card;
  readonly #notice: Notice;
  #document: AnnotationDocument | null = null;
  #overlays: readonly Overlay[] = [];
  #drawn: readonly Overlay[] = [];
  #current: Item | null = null;
  #isPinned = false;

  constructor(say: Say, mode: ShadowRootMode) {
    const { signal } = this.#end;
    this.#say = say;
    this.#host = new Host(say, mode);
    this.#notice = new Notice(this.#host, say);
    this.#card = new Card(this.#host, say, signal, () => this.#lines.focus(null));
    addEventListener("keydown", (event) => this.#onKey(event), { signal, capture: true });
    watchPointer(
      {
        drawn: () => this.#drawn,
        rested: (rest) => this.#onRest(rest),
        pressed: (rest) => this.#open(rest.overlays, true, false),
        pressedElsewhere: () => this.#card.close(),
        left: () => this.#onLeave(),
        isOurs: (target) => this.#host.holds(target),
      },
      signal,
    );
  }

  /** Draw what was found. `overlays` are the document's items with their places, in the order of the page. */
  draw(document: AnnotationDocument, overlays: readonly Overlay[]): void {
    this.#document = document;
    this.#overlays = overlays;
    this.#redraw();
  }

  /** Say how it went: to the eye for a moment, to a screen reader once. */
  tellFound(): void {
    const say = this.#say;
    const linked = this.linked;
    const dates = this.#drawn.filter(({ item }) => item.kind === "date").length;
    const missing = (this.#document?.degraded ?? []).map((what) => sayDegraded(say, what));
    const found =
      linked + dates > 0
        ? say("found", sayCount(say, "linked", linked), sayCount(say, "dates", dates))
        : say("found_nothing");
    const list: Action = { label: say("list_open"), act: () => this.openList() };
    this.#notice.tell([found, ...missing].join(" "), [list]);
    this.#host.announce([found, ...missing, linked + dates > 0 ? say("found_keys") : ""].join(" "));
  }

  /** Say something that the reader should know, with what they can do about it; kept until `onClosed`. */
  tell(words: string, actions: readonly Action[] = [], onClosed?: () => void): void {
    this.#notice.tell(words, actions, onClosed);
    this.#host.announce(words);
  }

  /** How many claims have prior coverage that is drawn. */
  get linked(): number {
    return this.#drawn.filter(({ item }) => item.kind === "claim").length;
  }

  /** Go to the next overlay, or the one before, and into its card. */
  step(by: 1 | -1): void {
    const drawn = this.#drawn;
    const at = drawn.findIndex(({ item }) => item === this.#current);
    const from = at === -1 ? this.#firstInView() - (by === 1 ? 1 : 0) : at;
    const next = drawn[(from + by + drawn.length) % drawn.length];
    if (next) this.go(next);
  }

  /** Bring an overlay's words into view and open its card, with the reader in it. */
  go(overlay: Overlay): void {
    bringIntoView(overlay);
    this.#open([overlay], true, true);
  }

  /** Open the card of the first claim with prior coverage, without taking the focus. */
  openFirst(): void {
    const first = this.#drawn.find(({ item }) => item.kind === "claim");
    if (first) this.#open([first], true, false);
  }

  openList(): void {
    if (!this.#document) return;
    this.#notice.hide();
    this.#isPinned = true;
    const list = listOf(this.#say, this.#document, this.#overlays, this.#lines.withAttributions, {
      go: (overlay) => this.go(overlay),
      underline: (asked) => {
        this.#lines.withAttributions = asked;
        this.#redraw();
      },
    });
    this.#card.open(this.#say("list_title"), [list], "corner", true);
  }

  /** Leave the page as it was. */
  remove(): void {
    this.#card.close();
    this.#notice.hide();
    this.#end.abort();
    this.#lines.remove();
    this.#host.remove();
  }

  #redraw(): void {
    this.#drawn = this.#overlays.filter(({ item, range }) => range !== null && this.#lines.isDrawn(item));
    this.#lines.draw(this.#drawn);
  }

  /** @param line the line of the words to stand beside; beside all of them where there is none */
  #open(overlays: readonly [Overlay, ...Overlay[]], pinned: boolean, takeFocus: boolean, line?: number): void {
    const [first] = overlays;
    const widest = overlays.at(-1) ?? first;
    this.#current = first.item;
    this.#isPinned = pinned;
    this.#notice.hide();
    const say = this.#say;
    const contents = overlays.map(({ item }) => contentsOf(say, item, this.#document?.published ?? ""));
    const all = element("footer", { role: "none" }, button(say("list_open"), "quiet", () => this.openList()));
    this.#card.open(this.#nameOf(first), [...contents, all], () => this.#lineNow(line === undefined ? widest : first, line), takeFocus);
    this.#lines.focus(widest);
  }

  /** Where an overlay's words are drawn now: the page may have changed since the card was opened. */
  #lineNow(opened: Overlay, line?: number): DOMRect | null {
    const overlay = this.#overlays.find(({ item }) => item === opened.item);
    return overlay ? lineOf(overlay, line) : null;
  }

  /** "Date 3 of 12: last month" */
  #nameOf(overlay: Overlay): string {
    const { item } = overlay;
    const place = String(this.#drawn.indexOf(overlay) + 1);
    return this.#say(`card_${item.kind}`, place, String(this.#drawn.length), item.place.quote.exact);
  }

  #onRest(rest: Rest): void {
    if (!(this.#card.isOpen && this.#isPinned)) this.#open(rest.overlays, false, false, rest.line);
  }

  #onLeave(): void {
    if (!this.#isPinned && !this.#card.hasFocus) this.#card.close();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.#card.isOpen && !this.#card.hasFocus) this.#card.close();
    const meant = event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey ? KEYS[event.code] : undefined;
    if (!meant) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (meant === "list") this.openList();
    else this.step(meant === "next" ? 1 : -1);
  }

  #firstInView(): number {
    const at = this.#drawn.findIndex((overlay) => (lineOf(overlay)?.top ?? -1) >= 0);
    return Math.max(0, at);
  }
}

/** The rectangle of one line of an overlay's words; of all of them where there is no such line. */
function lineOf({ range }: Overlay, line = -1): DOMRect | null {
  return range?.getClientRects()[line] ?? range?.getBoundingClientRect() ?? null;
}

function bringIntoView(overlay: Overlay): void {
  const before = lineOf(overlay);
  if (before && before.top >= 0 && before.bottom <= innerHeight * 0.7) return;
  overlay.range?.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
  const after = lineOf(overlay);
  if (after && (after.top < 0 || after.bottom > innerHeight * 0.7)) {
    scrollBy({ top: after.top - innerHeight / 3, behavior: "instant" });
  }
}
