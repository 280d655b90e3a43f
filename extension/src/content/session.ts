/** One visit to a page, from the reader's asking to the page being as it was. */

import type { AnnotationDocument } from "../annotation";
import { Anchorage } from "../anchoring/anchor";
import { watchPage } from "./watch";
import { Overlays } from "../overlay/overlays";
import { sayOneOf, type Say } from "../overlay/say";
import type { Answer, FromPage, PageState, Trouble } from "../protocol";
import { addressOf } from "../snapshot/address";
import { takeSnapshot } from "../snapshot/snapshot";

export interface Outside {
  readonly say: Say;
  /** Ask the background; `undefined` where it has gone, as after an update. */
  send(message: FromPage): Promise<Answer | undefined>;
}

// An answer that comes at once is not announced, so that nothing flashes.
const PATIENCE_MS = 300;

export class Session {
  readonly #outside: Outside;
  readonly #end = new AbortController();
  readonly #overlays: Overlays;
  readonly #onEnd: () => void;

  constructor(outside: Outside, onEnd: () => void) {
    this.#outside = outside;
    this.#onEnd = onEnd;
    this.#overlays = new Overlays(outside.say, "closed");
  }

  /** Send the page, draw what comes back. */
  async start(): Promise<void> {
    const { say, send } = this.#outside;
    this.#tellState("reading");
    const { html, numbered } = takeSnapshot(document);
    const reading = setTimeout(() => this.#overlays.tell(say("reading"), [], () => this.end()), PATIENCE_MS);
    const answer = await send({ kind: "annotate", page: { url: addressOf(location), html } });
    clearTimeout(reading);
    if (this.#end.signal.aborted) return;
    if (!answer) return this.end();
    if (!answer.ok) return this.#tellTrouble(answer.trouble);
    this.#draw(answer.document, new Anchorage(document.body, numbered));
  }

  step(by: 1 | -1): void {
    this.#overlays.step(by);
  }

  end(): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    this.#overlays.remove();
    this.#tellState("off");
    this.#onEnd();
  }

  #draw(found: AnnotationDocument, anchorage: Anchorage): void {
    let overlays = anchorage.anchorAll(found.items);
    this.#overlays.draw(found, overlays);
    this.#overlays.tellFound();
    this.#tellState("on");
    watchPage(
      {
        isStale: () => overlays.some(({ range }) => !isDrawable(range)),
        changed: () => {
          anchorage.refresh();
          overlays = anchorage.anchorAll(found.items);
          this.#overlays.draw(found, overlays);
        },
        left: () => this.end(),
      },
      this.#end.signal,
    );
  }

  /** Said once, with what can be done about it; then the page is left alone. */
  #tellTrouble({ kind, named }: Trouble): void {
    const { say, send } = this.#outside;
    this.#tellState("trouble");
    const retry = { label: say("try_again"), act: () => void this.start() };
    const options = { label: say("open_options"), act: () => void send({ kind: "open-options" }) };
    const actions = kind === "noarticle" || kind === "toolarge" ? [] : [retry, options];
    this.#overlays.tell(sayOneOf((key) => say(key, named), "trouble", kind, ""), actions, () => this.end());
  }

  #tellState(state: PageState): void {
    void this.#outside.send({ kind: "state", state, linked: this.#overlays.linked });
  }
}

/** A range whose words were taken out of the page is empty, or no longer in it. */
function isDrawable(range: Range | null): boolean {
  return range !== null && !range.collapsed && range.startContainer.isConnected;
}
