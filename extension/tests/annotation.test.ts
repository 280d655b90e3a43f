import { describe, expect, test } from "vitest";
import { MAX_ITEMS, NotADocumentError, readDocument } from "../src/annotation";
import { wire } from "./wire";

const page = wire<Record<string, unknown>>("annotation-page");
const items = (...items: unknown[]): unknown => ({ type: "AnnotationPage", items });
const target = { selector: { type: "TextQuoteSelector", exact: "May" } };

describe("a document as the service answers it", () => {
  const found = readDocument(page);

  test("has its four kinds of item told apart", () => {
    const kinds = found.items.map(({ kind }) => kind);

    expect(kinds.filter((kind) => kind === "date")).toHaveLength(8);
    expect(kinds.filter((kind) => kind === "attribution")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "claim")).toHaveLength(4);
    expect(found.background).toHaveLength(1);
  });

  test("says of prior coverage who, when, where and why", () => {
    const [claim] = found.items.filter((item) => item.kind === "claim");

    expect(claim?.coverage[0]).toMatchObject({
      headline: "Freighter tears through Lindholm harbour bridge",
      publisher: "Coast Courier",
      published: "2025-04-12",
      relation: "first-report",
      copies: 4,
    });
    expect(claim?.coverage[0]?.because).toHaveLength(4);
  });

  test("lets links lead to http and https alone", () => {
    const hostile = found.items.flatMap((item) => (item.kind === "claim" ? item.coverage : [])).find(({ publisher }) => publisher === "Hostile & Co");

    expect(hostile?.url).toBe("");
    expect(hostile?.deepLink).toBe("");
  });
});

describe("what a claim without prior coverage speaks of", () => {
  const missingIn = (more: object, server?: string): unknown => {
    const time = { id: "t", target, body: { type: "TimeExpression", start: "2016-03-07", end: "2016-03-07" } };
    const said = { id: "s", target, body: { type: "Attribution", publisher: "The Lake Courier" } };
    const claim = { id: "c", target, motivation: "linking", body: [], claim: { times: ["t"], attribution: "s" }, ...more };
    const item = readDocument(items(time, said, claim), server).items[2];
    return item?.kind === "claim" ? item.missing : null;
  };

  test("is what the archive lacks, with where to fetch it", () => {
    const gap = { from: "2016-03-01", to: "2016-03-31", publisher: "Coast & Courier" };

    expect(missingIn({ gap }, "https://home.example/backstory")).toEqual({
      start: "2016-03-01",
      end: "2016-03-31",
      publisher: "Coast & Courier",
      fill: "https://home.example/backstory/backfill?from=2016-03-01&to=2016-03-31&publisher=Coast+%26+Courier",
    });
  });

  test("is what it names itself where the archive lacks nothing", () => {
    expect(missingIn({})).toEqual({ start: "2016-03-07", end: "2016-03-07", publisher: "The Lake Courier", fill: "" });
  });

  test.each([null, "x", [], { from: 3, to: "soon" }, { publisher: {} }])("is not taken from a gap like %j", (gap) => {
    expect(missingIn({ gap })).toMatchObject({ start: "2016-03-07", fill: "" });
  });
});

describe("a document that is not as it should be", () => {
  test.each([null, 3, "x", [], {}, { type: "AnnotationPage" }, { type: "Annotation", items: [] }])("%j is none", (json) => {
    expect(() => readDocument(json)).toThrow(NotADocumentError);
  });

  test.each([null, 3, "x", [], {}, { id: "a" }, { id: "a", target: { selector: [null] } }, { target, body: { type: "TimeExpression" } }])(
    "an item like %j is left out",
    (item) => {
      expect(readDocument(items(item)).items).toEqual([]);
    },
  );

  test("a kind of item that is not known yet is left out", () => {
    expect(readDocument(items({ id: "a", target, motivation: "assessing", body: { type: "Rating" } })).items).toEqual([]);
  });

  test("an item of the right shape stays, whatever else is wrong with it", () => {
    const body = [{ purpose: "linking", source: { id: "ftp://x", datePublished: "soon" }, because: [null], copies: -3 }];
    const [item] = readDocument(items({ id: "a", target, motivation: "linking", body })).items;

    expect(item).toMatchObject({ kind: "claim", coverage: [{ url: "", published: "", copies: 0, because: [{ kind: "" }] }] });
  });

  test("more items than an article holds are not looked at", () => {
    const many = Array.from({ length: MAX_ITEMS + 5 }, (_, id) => ({ id: `${id}`, target, body: { type: "TimeExpression" } }));

    expect(readDocument(items(...many)).items).toHaveLength(MAX_ITEMS);
  });
});
