/** Places that annotations name, to Ranges of the live page. */

import type { Item, Place } from "../annotation";
import { readBlocks } from "./blocks";
import { PageText } from "./page-text";
import { findQuote, fromCodePoints, type Stretch } from "./quote";

/** One page, or one article in it, as a thing that places can be found in. */
export class Anchorage {
  readonly #root: Element;
  readonly #numbered: ReadonlyMap<string, Element>;
  #page: PageText;

  /** @param numbered the elements by the numbers that the service was given for them */
  constructor(root: Element, numbered: ReadonlyMap<string, Element>) {
    this.#root = root;
    this.#numbered = numbered;
    this.#page = new PageText(readBlocks(root));
  }

  /** Read the page again, after it has changed. */
  refresh(): void {
    this.#page = new PageText(readBlocks(this.#root));
  }

  /** Items with where they stand, in the order of the page: the longer first, and last what is nowhere. */
  anchorAll(items: readonly Item[]): { item: Item; range: Range | null }[] {
    return items
      .map((item) => ({ item, stretch: this.#find(item.place) }))
      .sort((a, b) => {
        if (!a.stretch || !b.stretch) return Number(!a.stretch) - Number(!b.stretch);
        return a.stretch.start - b.stretch.start || b.stretch.end - a.stretch.end;
      })
      .map(({ item, stretch }) => ({ item, range: stretch && this.#page.rangeOf(stretch) }));
  }

  /**
   * The words that a place names, as they stand in the page now.
   *
   * The numbered block is asked first, then the whole text. `null` where the words are nowhere: words are
   * believed, hints are not, so that nothing is ever drawn at a guess.
   */
  #find(place: Place): Stretch | null {
    const { text } = this.#page;
    const whole: Stretch = { start: 0, end: text.length };
    const block = this.#blockOf(place);
    const hint = block?.start ?? fromCodePoints(text, place.start);
    return (block && findQuote(text, place.quote, block, hint)) ?? findQuote(text, place.quote, whole, hint);
  }

  #blockOf(place: Place): Stretch | null {
    const element = this.#numbered.get(place.block);
    return element?.isConnected ? this.#page.within(element) : null;
  }
}
