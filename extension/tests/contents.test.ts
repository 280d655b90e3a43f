import { describe, expect, test } from "vitest";
import { readDocument, type ClaimItem, type Coverage, type Reason } from "../src/annotation";
import { contentsOf } from "../src/overlay/contents";
import { listOf, sayAbstention } from "../src/overlay/list";
import { passageOf } from "../src/overlay/passage";
import { sayDays, sayEarlier } from "../src/overlay/say";
import { emphasised, sayFigures, sayWhy } from "../src/overlay/why";
import { say } from "./say";
import { wire } from "./wire";

const found = readDocument(wire("annotation-page"));
const claims = found.items.filter((item): item is ClaimItem => item.kind === "claim");
const bridge = claims[0]!;

function because(...because: Reason[]): Coverage {
  return { ...bridge.coverage[0]!, because };
}

function plain(sentence: string): string {
  return emphasised(sentence)
    .map((part) => (typeof part === "string" ? part : part.textContent))
    .join("");
}

describe("a card of prior coverage", () => {
  const card = contentsOf(say, bridge, found.published);

  test("says day, outlet, headline, relation and distance", () => {
    const entry = card.querySelector("li")!;

    expect(entry.querySelector(".day")?.textContent).toBe("12 April 2025 · Coast Courier");
    expect(entry.querySelector(".headline")?.textContent).toBe("Freighter tears through Lindholm harbour bridge");
    expect(entry.textContent).toContain("First report in your archive · 336 days before this article · why");
    expect(entry.textContent).toContain("The same report in 4 other places");
  });

  test("links to the words themselves, telling the other side nothing", () => {
    const link = card.querySelector("a")!;

    expect(link.getAttribute("href")).toMatch(/^https:\/\/coast\.example\/.*#:~:text=/);
    expect(link.rel).toBe("noopener noreferrer");
  });

  test("has the shared words in bold", () => {
    expect([...card.querySelectorAll("li:first-child b")].map(({ textContent }) => textContent)).toEqual(["Aurelia", "tore", "forty"]);
  });

  test("shows three before asking", () => {
    const entries = [...card.querySelectorAll<HTMLElement>("li")];
    const more = card.querySelector<HTMLButtonElement>(":scope > button")!;
    expect(entries.map(({ hidden }) => hidden)).toEqual([false, false, false, true]);
    expect(more.textContent).toBe("1 more");

    more.click();

    expect(entries.some(({ hidden }) => hidden)).toBe(false);
  });

  test("opens why in place", () => {
    const opener = card.querySelector<HTMLButtonElement>("li button")!;
    const sentence = card.querySelector<HTMLElement>(".why")!;
    expect(sentence.hidden).toBe(true);

    opener.click();

    expect(sentence.hidden).toBe(false);
    expect(opener.getAttribute("aria-expanded")).toBe("true");
  });

  test("shows what is hostile as text", () => {
    expect(card.querySelector("script, img")).toBeNull();
    expect(card.textContent).toContain("<img src=x onerror=alert(1)>");
    expect(card.querySelectorAll("li:last-child a")).toHaveLength(0);
  });
});

describe("why something is linked", () => {
  test("is one sentence of all that ties the two", () => {
    const sentence = plain(sayWhy(say, bridge.coverage[0]!));

    expect(sentence).toBe(
      "Linked because both name Aurelia, both give forty, both speak of tore (here: tearing), and it appeared on 12 April 2025, which “in April” here points to.",
    );
  });

  test("names what is named in emphasis", () => {
    const parts = emphasised(sayWhy(say, because({ kind: "entity", here: "Syria", there: "Syria" }, { kind: "entity", here: "Shoygu", there: "Shoygu" })));

    expect(parts.map((part) => (typeof part === "string" ? part : `*${part.textContent}*`)).join("")).toBe(
      "Linked because both name *Syria* and *Shoygu*.",
    );
  });

  test("names no days in place of words", () => {
    const reason = { kind: "time", here: "2025-03-30..2025-05-02", there: "2025-04-12" };

    expect(plain(sayWhy(say, because(reason)))).toBe("Linked because it appeared on 12 April 2025, in the time named here.");
  });

  test("is nothing where nothing is known", () => {
    expect(sayWhy(say, because())).toBe("");
    expect(sayWhy(say, because({ kind: "omen", here: "a", there: "b" }))).toBe("");
  });

  test("says a figure that differs with both figures", () => {
    const figure = because({ kind: "number", here: "5,000", there: "3,000" });

    expect(sayFigures(say, { ...figure, published: "2016-05-03" })).toBe("Here: 5,000. On 3 May 2016: 3,000.");
    expect(sayFigures(say, because({ kind: "number", here: "3", there: "3" }))).toBe("");
  });
});

describe("a passage", () => {
  const long = `${"It was a quiet day at sea. ".repeat(40)}The Aurelia struck the pier. ${"Nobody was hurt. ".repeat(40)}`;

  test("that is long is shown around its first shared word, cut between words", () => {
    const shown = passageOf({ ...because({ kind: "entity", here: "Aurelia", there: "Aurelia" }), passage: long })!.textContent!;

    expect(shown).toMatch(/^…[A-Za-z].*The Aurelia struck.*…$/);
    expect(shown.length).toBeLessThan(330);
  });

  test("is bold where whole words are shared, whatever characters they hold", () => {
    const tricky = { ...because({ kind: "term", here: "", there: "C++ (2)" }, { kind: "term", here: "", there: "or" }), passage: "more C++ (2) or less" };

    expect([...passageOf(tricky)!.querySelectorAll("b")].map(({ textContent }) => textContent)).toEqual(["C++ (2)", "or"]);
  });

  test("with no shared word is shown from its beginning", () => {
    expect(passageOf({ ...because(), passage: "one two" })!.textContent).toBe("one two");
  });
});

describe("a stretch of days", () => {
  test.each([
    ["2015-10-01", "2015-10-31", "October 2015"],
    ["2015-01-01", "2015-12-31", "2015"],
    ["2016-02-01", "2016-02-29", "February 2016"],
    ["2016-06-07", "2016-06-07", "7 June 2016"],
    ["2015-12-28", "2016-01-03", "28 December 2015 to 3 January 2016"],
    ["", "", ""],
  ])("from %s to %s is %j", (start, end, said) => {
    expect(sayDays(say, start, end)).toBe(said);
  });

  test("is counted back from the article", () => {
    expect(sayEarlier(say, "2016-03-14", "2016-04-21")).toBe("38 days before this article");
    expect(sayEarlier(say, "2016-04-20", "2016-04-21")).toBe("1 day before this article");
    expect(sayEarlier(say, "2016-04-21", "2016-04-21")).toBe("earlier the same day");
    expect(sayEarlier(say, "", "2016-04-21")).toBe("");
  });
});

describe("the list of all on the page", () => {
  const overlays = found.items.map((item) => ({ item, range: item.kind === "attribution" ? null : document.createRange() }));
  const list = listOf(say, found, overlays, false, { go: () => undefined, underline: () => undefined });

  test("has a heading for each kind, and those without a place apart", () => {
    expect([...list.querySelectorAll("section > h3")].map(({ textContent }) => textContent)).toEqual([
      "About this article as a whole",
      "Reported before",
      "Dates",
      "No longer on this page",
    ]);
  });

  test("keeps silence behind a click, and then says why", () => {
    const silence = list.querySelector("details")!;

    expect(silence.open).toBe(false);
    expect(silence.querySelector("summary")?.textContent).toBe("2 claims without earlier coverage");
    expect(silence.textContent).toContain("Your archive holds little or nothing from October 2025. Fill this gap");
    expect(silence.querySelector("a")?.getAttribute("href")).toBe("/backfill?from=2025-10-01&to=2025-10-31");
  });

  test("says of silence what is known", () => {
    const missing = { start: "", end: "", publisher: "", fill: "" };
    const silent = { ...bridge, coverage: [], missing };
    const reasons = ["below-threshold", "nothing-in-window", "outlet-not-in-archive", "", "something new"];

    expect(reasons.map((abstained) => sayAbstention(say, { ...silent, abstained }))).toEqual([
      "Nothing earlier in your archive is close enough.",
      "Your archive holds little or nothing from the time named here.",
      "The outlet named here is not in your archive.",
      "Nothing earlier in your archive.",
      "Nothing earlier in your archive.",
    ]);
  });

  test("names the outlet that is not there, and nothing of what is merely not close enough", () => {
    const missing = { start: "2025-10-01", end: "2025-10-31", publisher: "The Lake Courier", fill: "" };
    const reasons = ["outlet-not-in-archive", "nothing-in-window", "below-threshold", "constructor"];

    expect(reasons.map((abstained) => sayAbstention(say, { ...bridge, coverage: [], missing, abstained }))).toEqual([
      "The Lake Courier is not in your archive.",
      "Your archive holds little or nothing from October 2025.",
      "Nothing earlier in your archive is close enough.",
      "Nothing earlier in your archive.",
    ]);
  });
});
