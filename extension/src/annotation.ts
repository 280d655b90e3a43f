/**
 * The part of the W3C Web Annotation Model that we speak, and the door through which a document enters.
 *
 * What a service answers is not trusted: `readDocument` keeps what has the right shape, drops the rest and
 * never throws on an item. Everything in it stays text; nothing here is ever read as markup.
 */

/** Words in the page, with what stands around them. */
export interface Quote {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** Where something stands: its words, and two hints (code points into the article's text, and the numbered block). */
export interface Place {
  readonly quote: Quote;
  readonly start: number;
  readonly block: string;
}

export interface Reason {
  readonly kind: string;
  readonly here: string;
  readonly there: string;
}

/** An earlier article that bears on a claim, and the passage of it that does. */
export interface Coverage {
  readonly url: string;
  readonly deepLink: string;
  readonly headline: string;
  readonly publisher: string;
  readonly published: string;
  readonly rating: string;
  readonly language: string;
  readonly passage: string;
  readonly relation: string;
  readonly copies: number;
  readonly because: readonly Reason[];
}

export interface DateItem {
  readonly kind: "date";
  readonly id: string;
  readonly place: Place;
  readonly value: string;
  readonly start: string;
  readonly end: string;
  readonly reckoned: string;
}

export interface AttributionItem {
  readonly kind: "attribution";
  readonly id: string;
  readonly place: Place;
  readonly name: string;
  /** The outlet, where the source is one. */
  readonly publisher: string;
}

export interface ClaimItem {
  readonly kind: "claim";
  readonly id: string;
  readonly place: Place;
  readonly coverage: readonly Coverage[];
  readonly abstained: string;
  readonly missing: Missing;
}

/** What a claim without prior coverage speaks of: days, an outlet. */
export interface Missing {
  readonly start: string;
  readonly end: string;
  readonly publisher: string;
  /** Where the owner can fetch what the archive lacks; empty where it does not lack it. */
  readonly fill: string;
}

/** What can be drawn over the page. */
export type Item = DateItem | AttributionItem | ClaimItem;

export interface AnnotationDocument {
  /** The day the article is dated, `YYYY-MM-DD`; empty where nothing told it. */
  readonly published: string;
  /** The day or instant as the page itself tells it; empty where it does not. */
  readonly told: string;
  /** What the page says that it is: "article", "list"; empty where it does not. */
  readonly pageKind: string;
  readonly language: string;
  readonly degraded: readonly string[];
  readonly items: readonly Item[];
  /** Prior coverage of the page as a whole. */
  readonly background: readonly Coverage[];
}

export class NotADocumentError extends Error {}

// More than any article holds, so that a broken service cannot freeze the page.
export const MAX_ITEMS = 2000;
const MAX_COVERAGE = 50;
const MAX_TEXT = 20_000;

// What `datePublishedFrom` says where a day was taken for want of a better one.
const UNTOLD: ReadonlySet<string> = new Set(["read_at", "unknown", ""]);

/**
 * An AnnotationPage as we use it.
 *
 * @param server the service that it comes from, to whose pages it leads; on a page of its own it need not be named
 * @throws NotADocumentError where it is no AnnotationPage at all
 */
export function readDocument(json: unknown, server = ""): AnnotationDocument {
  const page = record(json);
  if (page["type"] !== "AnnotationPage" || !Array.isArray(page["items"])) throw new NotADocumentError();
  const article = record(page["article"]);
  const annotations = list(page["items"], MAX_ITEMS).map(record);
  const bodies: Bodies = new Map(annotations.map(({ id, body }) => [text(id), record(body)]));
  return {
    published: day(article["datePublished"]),
    told: UNTOLD.has(text(article["datePublishedFrom"])) ? "" : text(article["datePublished"]),
    pageKind: text(article["pageKind"]),
    language: text(article["language"]),
    degraded: list(page["degraded"], MAX_COVERAGE).map(text).filter(Boolean),
    items: annotations.flatMap((annotation) => readItem(annotation, bodies, server)),
    background: annotations.filter((annotation) => readPlace(annotation["target"]) === null).flatMap(readCoverage),
  };
}

type Json = Record<string, unknown>;

/** The bodies of all annotations, by their ids: claims name some. */
type Bodies = ReadonlyMap<string, Json>;

function readItem(annotation: Json, bodies: Bodies, server: string): Item[] {
  const place = readPlace(annotation["target"]);
  const id = text(annotation["id"]);
  if (place === null || id === "") return [];
  const body = record(annotation["body"]);
  if (body["type"] === "TimeExpression") return [readDate(id, place, body)];
  if (body["type"] === "Attribution") return [readAttribution(id, place, body)];
  if (annotation["motivation"] !== "linking") return [];
  return [readClaim(id, place, annotation, bodies, server)];
}

function readDate(id: string, place: Place, body: Json): DateItem {
  const [start, end] = [day(body["start"]), day(body["end"])];
  return { kind: "date", id, place, value: text(body["value"]), start, end, reckoned: text(body["reckoned"]) };
}

function readAttribution(id: string, place: Place, body: Json): AttributionItem {
  const publisher = text(body["publisher"]);
  return { kind: "attribution", id, place, publisher, name: text(record(body["source"])["name"]) || publisher };
}

function readClaim(id: string, place: Place, annotation: Json, bodies: Bodies, server: string): ClaimItem {
  return {
    kind: "claim",
    id,
    place,
    coverage: readCoverage(annotation),
    abstained: text(annotation["abstained"]),
    missing: readMissing(annotation, bodies, server),
  };
}

/** What the gap names, or else what the claim itself does. */
function readMissing(annotation: Json, bodies: Bodies, server: string): Missing {
  const claim = record(annotation["claim"]);
  const gap = record(annotation["gap"]);
  const time = record(bodies.get(text(list(claim["times"], 1)[0])));
  const [from, to, outlet] = [day(gap["from"]), day(gap["to"]), text(gap["publisher"])];
  const wanted = Object.entries({ from, to, publisher: outlet }).filter(([, value]) => value !== "");
  return {
    start: from || day(time["start"]),
    end: to || day(time["end"]),
    publisher: outlet || text(record(bodies.get(text(claim["attribution"])))["publisher"]),
    fill: wanted.length > 0 ? `${server}/backfill?${new URLSearchParams(wanted).toString()}` : "",
  };
}

function readCoverage(annotation: Json): Coverage[] {
  return list(annotation["body"], MAX_COVERAGE)
    .map(record)
    .filter((body) => body["purpose"] === "linking")
    .map((body) => {
      const source = record(body["source"]);
      const url = link(source["id"]);
      return {
        url,
        deepLink: link(body["deepLink"]) || url,
        headline: text(source["headline"]),
        publisher: text(source["publisher"]),
        published: day(source["datePublished"]),
        rating: source["type"] === "ClaimReview" ? text(source["rating"]) : "",
        language: text(source["inLanguage"] ?? source["language"]),
        passage: text(selectors(body)["TextQuoteSelector"]?.["exact"]),
        relation: text(body["relation"]),
        copies: count(body["copies"]),
        because: list(body["because"], MAX_COVERAGE).map(record).map(readReason),
      };
    });
}

function readReason(reason: Json): Reason {
  return { kind: text(reason["kind"]), here: text(reason["here"]), there: text(reason["there"]) };
}

/** `null` for a target without words, which is the whole page. */
function readPlace(value: unknown): Place | null {
  const target = record(value);
  const { TextQuoteSelector: quote, TextPositionSelector: position } = selectors(target);
  const exact = text(quote?.["exact"]);
  if (exact === "") return null;
  return {
    quote: { exact, prefix: text(quote?.["prefix"]), suffix: text(quote?.["suffix"]) },
    start: count(position?.["start"]),
    block: text(target["block"]),
  };
}

function selectors(target: Json): Partial<Record<string, Json>> {
  const selector = target["selector"];
  const all = (Array.isArray(selector) ? selector : [selector]).map(record);
  return Object.fromEntries(all.map((one) => [text(one["type"]), one]));
}

// --- values of unknown shape -----------------------------------------------------

function record(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown, most: number): unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, MAX_TEXT) : "";
}

function count(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** The day of a date or an instant as the outlet gives it. */
function day(value: unknown): string {
  const found = /^\d{4}-\d\d-\d\d/.exec(text(value))?.[0] ?? "";
  return Number.isNaN(Date.parse(found)) ? "" : found;
}

/** An address a reader may follow: http or https, else nothing. */
function link(value: unknown): string {
  const address = text(value);
  if (!URL.canParse(address)) return "";
  return ["http:", "https:"].includes(new URL(address).protocol) ? address : "";
}
