/** Words to a place in a text. Pure: strings in, numbers out. */

import type { Quote } from "../annotation";

/** A half-open stretch of a text, in UTF-16 code units as JavaScript counts. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

// A quote of one common letter would be found everywhere; past this many places the nearest ones decide.
const MAX_PLACES = 500;

/**
 * Find where a quote stands in a text.
 *
 * Of several places with the same words, the one whose surroundings agree most with `prefix` and `suffix`
 * wins, and of those the one nearest to `hint`. `null` when the words are not there at all: there is no guess.
 *
 * @param within where to look; the quote must lie wholly inside
 * @param hint where in the text it should start
 */
export function findQuote(text: string, quote: Quote, within: Stretch, hint: number): Stretch | null {
  let best: Stretch | null = null;
  let bestRank = -1;
  for (const start of places(text, quote.exact, within)) {
    const found = { start, end: start + quote.exact.length };
    // Agreement counts whole characters, nearness only breaks ties: it is always below one.
    const rank = agreement(text, quote, found) + 1 / (2 + Math.abs(start - hint));
    if (rank > bestRank) [best, bestRank] = [found, rank];
  }
  return best;
}

function* places(text: string, exact: string, within: Stretch): Generator<number> {
  if (exact === "") return;
  let start = text.indexOf(exact, within.start);
  for (let seen = 0; seen < MAX_PLACES && start !== -1 && start + exact.length <= within.end; seen++) {
    yield start;
    start = text.indexOf(exact, start + 1);
  }
}

/** How many characters on either side agree with the quote's context, read outwards until they differ. */
function agreement(text: string, quote: Quote, found: Stretch): number {
  let before = 0;
  while (before < quote.prefix.length && quote.prefix.at(-1 - before) === text[found.start - 1 - before]) before++;
  let after = 0;
  while (after < quote.suffix.length && quote.suffix[after] === text[found.end + after]) after++;
  return before + after;
}

/** The UTF-16 index of a code point: W3C positions count code points, JavaScript does not. */
export function fromCodePoints(text: string, position: number): number {
  let index = 0;
  for (let passed = 0; passed < position && index < text.length; passed++) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}
