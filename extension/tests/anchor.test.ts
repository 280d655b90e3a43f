import { beforeEach, expect, test } from "vitest";
import { readDocument, type Item } from "../src/annotation";
import { Anchorage } from "../src/anchoring/anchor";
import { wire } from "./wire";

const found = readDocument(wire("annotation-page"));

function pageOf(texts: readonly string[]): Map<string, Element> {
  document.body.replaceChildren(
    ...texts.map((text) => {
      const block = document.createElement("p");
      block.textContent = text;
      return block;
    }),
  );
  return new Map([...document.body.children].map((block, index) => [String(index + 1), block]));
}

function dated(exact: string, more: { prefix?: string; block?: string; start?: number } = {}): Item {
  const { prefix = "", block = "", start = 0 } = more;
  const place = { quote: { exact, prefix, suffix: "" }, block, start };
  return { kind: "date", id: exact + prefix + block, place, value: "", start: "", end: "", reckoned: "" };
}

function whereIs(anchorage: Anchorage, item: Item): string | undefined {
  const [overlay] = anchorage.anchorAll([item]);
  const range = overlay?.range;
  return range ? `${range.startContainer.parentElement?.textContent} @${range.startOffset}` : undefined;
}

beforeEach(() => document.body.replaceChildren());

test("the numbered block is asked first", () => {
  const anchorage = new Anchorage(document.body, pageOf(["in May", "of May"]));
  const numbered = pageOf(["in May", "of May"]);

  expect(whereIs(new Anchorage(document.body, numbered), dated("May", { block: "2" }))).toBe("of May @3");
  expect(whereIs(anchorage, dated("June", { block: "2" }))).toBeUndefined();
});

test("words that have left their block are found elsewhere", () => {
  const numbered = pageOf(["in April", "of May"]);

  expect(whereIs(new Anchorage(document.body, numbered), dated("April", { block: "2" }))).toBe("in April @3");
});

test("a number of another page is no hint", () => {
  pageOf(["in May"]);

  expect(whereIs(new Anchorage(document.body, new Map()), dated("May", { block: "17" }))).toBe("in May @3");
});

test("what is nowhere stands last, without a place", () => {
  const anchorage = new Anchorage(document.body, pageOf(["May, then June"]));

  const overlays = anchorage.anchorAll([dated("July"), dated("June"), dated("May"), dated("May, then")]);

  expect(overlays.map(({ item, range }) => [item.place.quote.exact, range?.toString()])).toEqual([
    ["May, then", "May, then"],
    ["May", "May"],
    ["June", "June"],
    ["July", undefined],
  ]);
});

test("a body that comes late is found once it is there", () => {
  const anchorage = new Anchorage(document.body, pageOf(["loading"]));
  expect(whereIs(anchorage, dated("May"))).toBeUndefined();

  document.body.firstElementChild!.textContent = "It was in May.";
  anchorage.refresh();

  expect(whereIs(anchorage, dated("May"))).toBe("It was in May. @10");
});

test("every item of a whole document is put back where it was taken", () => {
  const text = found.items.map(({ place }) => place.quote);
  pageOf(text.map(({ prefix, exact, suffix }) => prefix + exact + suffix));

  for (const { item, range } of new Anchorage(document.body, new Map()).anchorAll(found.items)) {
    expect(range?.toString()).toBe(item.place.quote.exact.replace(/\n+/g, ""));
  }
});
