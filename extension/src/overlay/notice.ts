/** The one line at the window's edge that says how it went; it goes by itself where nothing needs doing. */

import { button, closer, element } from "./elements";
import type { Host } from "./host";
import type { Say } from "./say";

export interface Action {
  readonly label: string;
  readonly act: () => void;
}

// Long enough to read two short sentences twice.
const STAYS_MS = 8000;

export class Notice {
  readonly #host: Host;
  readonly #say: Say;
  #shown: HTMLElement | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, say: Say) {
    this.#host = host;
    this.#say = say;
  }

  /** Say something in place of what was said before. `onClosed` keeps it until the reader closes it. */
  tell(words: string, actions: readonly Action[], onClosed?: () => void): void {
    this.hide();
    const close = closer(this.#say("close"), () => {
      this.hide();
      onClosed?.();
    });
    const buttons = actions.map(({ label, act }) => button(label, "quiet", act));
    const shown = element("div.notice", {}, element("p", {}, words), ...buttons, close);
    shown.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close.click();
    });
    this.#shown = shown;
    this.#host.show(shown);
    if (!onClosed) this.#stay();
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#shown?.remove();
    this.#shown = null;
  }

  /** Go after a while, but not from under the pointer or the focus. */
  #stay(): void {
    this.#timer = setTimeout(() => {
      if (this.#shown?.matches(":hover, :focus-within")) this.#stay();
      else this.hide();
    }, STAYS_MS);
  }
}
