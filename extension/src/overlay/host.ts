/**
 * The one element that Backstory adds to a page: a popover in the browser's top layer, whose shadow tree
 * holds whatever a reader sees beside the lines. Neither side's styles reach the other.
 */

import cardStyles from "./card.css";
import { element } from "./elements";
import type { Say } from "./say";

export class Host {
  readonly #host: HTMLElement;
  readonly #frame: HTMLElement;
  readonly #spoken: HTMLElement;

  /** @param mode `closed` on other people's pages: what the owner's archive holds is no business of theirs */
  constructor(say: Say, mode: ShadowRootMode) {
    this.#host = document.createElement("backstory-overlay");
    this.#host.popover = "manual";
    const shadow = this.#host.attachShadow({ mode });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(cardStyles);
    shadow.adoptedStyleSheets = [sheet];
    this.#spoken = element("p.spoken", { role: "status" });
    this.#frame = element("div.frame", { lang: say("locale"), dir: say("direction") }, this.#spoken);
    shadow.append(this.#frame);
    // Keys pressed in a card are not the page's shortcuts.
    for (const key of ["keydown", "keypress", "keyup"]) this.#host.addEventListener(key, (event) => event.stopPropagation());
  }

  /** Show something, above all that the page shows. */
  show(shown: HTMLElement): void {
    this.#frame.append(shown);
    // Whatever lies outside an open modal dialog is inert.
    const parent = document.querySelector("dialog:modal") ?? document.documentElement;
    if (this.#host.parentNode !== parent) parent.append(this.#host);
    if (this.#host.matches(":popover-open")) this.#host.hidePopover();
    this.#host.showPopover();
  }

  /** Have a screen reader say something when it is next silent. */
  announce(words: string): void {
    this.#spoken.textContent = words;
  }

  /** Whether an event reached the page from here. */
  holds(target: EventTarget | null): boolean {
    return target === this.#host;
  }

  /** The element in here that has the focus. */
  get focused(): Element | null {
    const root = this.#frame.getRootNode();
    return root instanceof ShadowRoot ? root.activeElement : null;
  }

  remove(): void {
    this.#host.remove();
  }
}
