/** The page's text as one string, and the way back from any stretch of it to the page. */

import { BREAK, type Block } from "./blocks";
import type { Stretch } from "./quote";

// Drawn with no width and meaning nothing: soft hyphen, zero-width space, word joiner, byte order mark.
const UNSEEN = /[\u00ad\u200b\u2060\ufeff]/g;
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const PARAGRAPH = "\n\n";

/** A text node's part of the text. `afterSpace`: its leading white space is not in the text. */
interface Segment extends Stretch {
  readonly node: Text;
  readonly afterSpace: boolean;
}

interface TextBlock extends Stretch {
  readonly element: Element;
}

/**
 * The text of some blocks: white space folded, unseen characters dropped, a blank line between two blocks.
 *
 * It describes the page at one moment; a page that changes needs another.
 */
export class PageText {
  readonly text: string;
  readonly #segments: Segment[] = [];
  readonly #blocks: TextBlock[] = [];

  constructor(blocks: readonly Block[]) {
    const written: string[] = [];
    let length = 0;
    for (const block of blocks) {
      const start = length === 0 ? 0 : length + PARAGRAPH.length;
      const text = this.#write(block, start);
      if (text === "") continue;
      written.push(text);
      length = start + text.length;
      this.#blocks.push({ element: block.element, start, end: length });
    }
    this.text = written.join(PARAGRAPH);
  }

  /** Where the text of an element and all inside it stands; `null` for one without any. */
  within(element: Element): Stretch | null {
    const inside = this.#blocks.filter((block) => element.contains(block.element));
    const [first, last] = [inside[0], inside.at(-1)];
    return first && last ? { start: first.start, end: last.end } : null;
  }

  /** The stretch as a live Range; `null` where it crosses the border of a shadow tree, which no Range can. */
  rangeOf({ start, end }: Stretch): Range | null {
    const [first, last] = [this.#segmentAt(start), this.#segmentAt(end - 1)];
    if (!first || !last || first.node.getRootNode() !== last.node.getRootNode()) return null;
    const range = first.node.ownerDocument.createRange();
    range.setStart(first.node, sourceIndex(first, start));
    range.setEnd(last.node, sourceIndex(last, end - 1) + 1);
    return range;
  }

  /** Append a block's segments; answers its text, which starts at `start`. */
  #write(block: Block, start: number): string {
    let text = "";
    for (const part of block.parts) {
      if (part === BREAK) {
        text = text && text.trimEnd() + BREAK;
        continue;
      }
      const afterSpace = text === "" || text.endsWith(" ") || text.endsWith(BREAK);
      const squeezed = squeeze(part.data);
      const drawn = afterSpace && squeezed.startsWith(" ") ? squeezed.slice(1) : squeezed;
      const from = start + text.length;
      text += drawn;
      if (drawn !== "") this.#segments.push({ node: part, start: from, end: start + text.length, afterSpace });
    }
    return text.trimEnd();
  }

  /** The segment that holds a position, by halving: segments stand in order. */
  #segmentAt(position: number): Segment | null {
    let [low, high] = [0, this.#segments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#segments[middle]?.end ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    const found = this.#segments[low];
    return found && found.start <= position ? found : null;
  }
}

function squeeze(source: string): string {
  return source.replace(UNSEEN, "").replace(SPACES, " ");
}

/** Where in its text node a character of the text stands: the squeezing done again, counting. */
function sourceIndex(segment: Segment, position: number): number {
  const source = segment.node.data;
  let [passed, inSpace] = [segment.start, segment.afterSpace];
  for (let index = 0; index < source.length; index++) {
    const squeezed = squeeze(source.charAt(index));
    if (squeezed === "" || (squeezed === " " && inSpace)) continue;
    if (passed === position) return index;
    passed++;
    inSpace = squeezed === " ";
  }
  return source.length;
}
