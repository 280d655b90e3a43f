/** The card: a small dialog beside the words it is about, which pins neither the page nor the reader. */

import { closer, element } from "./elements";
import type { Host } from "./host";
import type { Say } from "./say";

/** Where a card stands: the rectangle of the words as they are drawn now, or a corner of the window. */
export type Beside = (() => DOMRect | null) | "corner";

const GAP = 10;
const MARGIN = 8;

export class Card {
  readonly #host: Host;
  readonly #say: Say;
  readonly #onClosed: () => void;
  #shown: HTMLElement | null = null;
  #beside: Beside = "corner";
  #cameFrom: Element | null = null;

  constructor(host: Host, say: Say, signal: AbortSignal, onClosed: () => void) {
    this.#host = host;
    this.#say = say;
    this.#onClosed = onClosed;
    const place = (): void => this.#place();
    addEventListener("scroll", place, { signal, capture: true, passive: true });
    addEventListener("resize", place, { signal, passive: true });
  }

  get isOpen(): boolean {
    return this.#shown !== null;
  }

  /** Whether the reader is in the card, rather than looking at it. */
  get hasFocus(): boolean {
    return this.#shown !== null && this.#shown.contains(this.#host.focused);
  }

  /** Show a card in place of the one that is open. `takeFocus` moves the reader into it, and back on closing. */
  open(label: string, contents: readonly HTMLElement[], beside: Beside, takeFocus: boolean): void {
    const cameFrom = this.#cameFrom ?? document.activeElement;
    this.#shown?.remove();
    const close = closer(this.#say("close"), () => this.close());
    const card = element("div.card", { role: "dialog", tabindex: "-1", "aria-label": label }, ...contents, close);
    card.addEventListener("keydown", (event) => this.#onKey(event));
    this.#shown = card;
    this.#beside = beside;
    this.#host.show(card);
    this.#place();
    if (!takeFocus) return;
    this.#cameFrom = cameFrom;
    card.focus({ preventScroll: true });
  }

  close(): void {
    if (!this.#shown) return;
    const goBack = this.hasFocus ? this.#cameFrom : null;
    this.#shown.remove();
    this.#shown = null;
    this.#cameFrom = null;
    if (goBack instanceof HTMLElement) goBack.focus({ preventScroll: true });
    this.#onClosed();
  }

  /** Esc leaves, and so does Tab past either end: the card is no trap. */
  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") this.#leave(event);
    if (event.key !== "Tab") return;
    const stops = [...(this.#shown?.querySelectorAll<HTMLElement>("a, button, input, summary") ?? [])].filter(isReachable);
    const end = event.shiftKey ? stops[0] : stops.at(-1);
    const focused = this.#host.focused;
    if (focused === end || (event.shiftKey && focused === this.#shown)) this.#leave(event);
  }

  #leave(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  /** Below the words where there is room, else above; always wholly in the window. */
  #place(): void {
    const card = this.#shown;
    if (!card) return;
    card.classList.toggle("corner", this.#beside === "corner");
    if (this.#beside === "corner") return;
    const words = this.#beside();
    const gone = words === null || words.bottom < 0 || words.top > innerHeight;
    if (gone && !this.hasFocus) return this.close();
    if (words === null) return;
    card.style.maxHeight = "";
    const { width, height } = card.getBoundingClientRect();
    const below = innerHeight - words.bottom - GAP - MARGIN;
    const above = words.top - GAP - MARGIN;
    const isBelow = below >= Math.min(height, above) || below >= above;
    const room = Math.max(120, isBelow ? below : above);
    const top = isBelow ? words.bottom + GAP : words.top - GAP - Math.min(height, room);
    card.style.maxHeight = `${room}px`;
    card.style.top = `${clamp(top, MARGIN, innerHeight - Math.min(height, room) - MARGIN)}px`;
    const edge = getComputedStyle(card).direction === "rtl" ? words.right - width : words.left;
    card.style.left = `${clamp(edge, MARGIN, document.documentElement.clientWidth - width - MARGIN)}px`;
  }
}

function isReachable(stop: HTMLElement): boolean {
  return stop.checkVisibility();
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
