import { describe, expect, test } from "vitest";
import type { Quote } from "../src/annotation";
import { findQuote, fromCodePoints } from "../src/anchoring/quote";
import { wire } from "./wire";

interface Case {
  name: string;
  text: string;
  quote: Quote;
  hint?: number;
  start: number | null;
  end: number | null;
}

describe("where a quote stands", () => {
  test.each(wire<Case[]>("quotes"))("$name", ({ text, quote, hint = 0, start, end }) => {
    const found = findQuote(text, quote, { start: 0, end: text.length }, fromCodePoints(text, hint));

    expect(found).toEqual(start === null || end === null ? null : { start: fromCodePoints(text, start), end: fromCodePoints(text, end) });
  });

  test("only what lies wholly within counts", () => {
    const quote = { exact: "May", prefix: "", suffix: "" };

    expect(findQuote("May May", quote, { start: 1, end: 7 }, 0)).toEqual({ start: 4, end: 7 });
    expect(findQuote("May May", quote, { start: 1, end: 6 }, 0)).toBeNull();
  });

  test("a hostile quote is found in a moment", () => {
    const text = "a".repeat(200_000);
    const before = performance.now();

    findQuote(text, { exact: "a", prefix: "a".repeat(32), suffix: "a".repeat(32) }, { start: 0, end: text.length }, 0);

    expect(performance.now() - before).toBeLessThan(500);
  });
});

test("a position past the end is the end", () => {
  expect(fromCodePoints("😀a", 99)).toBe(3);
});
