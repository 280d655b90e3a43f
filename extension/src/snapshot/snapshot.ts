/**
 * The live page to the compact HTML that is sent: what is visible, as few attributes as tell an article from
 * what surrounds it, and a number on every block that holds text.
 */

import { INLINE, MAX_DEPTH, childrenOf, isElement, isShown, isText, readBlocks, standingOf } from "../anchoring/blocks";
import { writeHead } from "./head";

export interface Snapshot {
  readonly html: string;
  /** The numbered elements, to find again what the service answers about them. */
  readonly numbered: ReadonlyMap<string, Element>;
}

// What names a part of a page. Nothing here carries a reader's data; links keep their queries.
const KEPT = ["class", "id", "role", "rel", "itemprop", "itemtype", "property", "datetime", "content", "lang", "dir"];
// Told apart by the service as a gallery or a video page; what they show is not sent.
const EMPTY = new Set(["img", "video"]);
const MAX_ATTRIBUTE = 300;

/** A snapshot of the document as it stands. The page is only read. */
export function takeSnapshot(page: Document): Snapshot {
  const numbered = new Map<string, Element>();
  const numbers = new Map<Element, string>();
  for (const { element } of readBlocks(page.body)) {
    if (numbers.has(element)) continue;
    const number = String(numbers.size + 1);
    numbers.set(element, number);
    numbered.set(number, element);
  }
  const body = writeElement(page.body, numbers, 0);
  const language = page.documentElement.lang;
  const root = language ? `<html lang="${escaped(language)}">` : "<html>";
  return { html: `<!doctype html>${root}${writeHead(page)}${body}</html>`, numbered };
}

function writeElement(element: Element, numbers: ReadonlyMap<Element, string>, depth: number): string {
  const name = element.localName;
  if (name === "br") return "<br>";
  if (EMPTY.has(name)) return `<${name}>`;
  const standing = standingOf(element);
  if (standing === "unread" || depth > MAX_DEPTH) return "";
  const number = numbers.get(element);
  const inner = writeChildren(element, numbers, depth);
  if (isPlain(name)) return wrapped(standing === "inline" ? "span" : "div", writeAttributes(element, number), inner);
  // A span that stands as a block is read as one only inside something that is a block by name.
  if (standing === "block" && INLINE.has(name)) {
    return wrapped("div", writeNumber(number), wrapped(name, writeAttributes(element), inner));
  }
  return wrapped(name, writeAttributes(element, number), inner);
}

function writeChildren(element: Element, numbers: ReadonlyMap<Element, string>, depth: number): string {
  const shown = isShown(element);
  const written: string[] = [];
  for (const child of childrenOf(element)) {
    if (isText(child)) written.push(shown ? escaped(child.data) : "");
    else if (isElement(child)) written.push(writeElement(child, numbers, depth + 1));
  }
  return written.join("");
}

/** Whether the name says nothing: a page's own element, or a slot. */
function isPlain(name: string): boolean {
  return name.includes("-") || name === "slot";
}

function wrapped(tag: string, attributes: string, inner: string): string {
  return `<${tag}${attributes}>${inner}</${tag}>`;
}

function writeAttributes(element: Element, number?: string): string {
  const kept = KEPT.flatMap((name): [string, string][] => {
    const value = element.getAttribute(name);
    return value ? [[name, value]] : [];
  });
  const href = element.localName === "a" ? placeOf(element.getAttribute("href")) : "";
  if (href) kept.push(["href", href]);
  const written = kept.map(([name, value]) => ` ${name}="${escaped(value.slice(0, MAX_ATTRIBUTE))}"`);
  return written.join("") + writeNumber(number);
}

function writeNumber(number: string | undefined): string {
  return number ? ` data-block="${number}"` : "";
}

/** A link without its fragment; its query may be what tells one article from another. Cut short it would be another's. */
function placeOf(href: string | null): string {
  const place = href?.split("#", 1)[0] ?? "";
  return href === null ? "" : place.length > MAX_ATTRIBUTE ? "#" : place || "#";
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? "");
}
