/**
 * The same overlays on a page of our own, outside any extension. See README.md beside this file.
 *
 * Runs under a strict Content-Security-Policy: it adds no inline script, style element or style attribute.
 */

import messages from "../../_locales/en/messages.json";
import { readDocument } from "../annotation";
import { Anchorage } from "../anchoring/anchor";
import { Overlays } from "../overlay/overlays";
import type { Say } from "../overlay/say";

const say: Say = (key, ...named) =>
  messages[key]?.message.replace(/\$(\d)/g, (_, place: string) => named[Number(place) - 1] ?? "") ?? "";

/** The annotation document: in the page, or at an address of the same origin. */
async function load(source: Element): Promise<unknown> {
  if (!(source instanceof HTMLLinkElement)) return JSON.parse(source.textContent ?? "");
  const response = await fetch(source.href, { mode: "same-origin" });
  return response.json();
}

async function draw(source: Element, article: HTMLElement): Promise<void> {
  const found = readDocument(await load(source));
  const numbered = new Map([...article.querySelectorAll<HTMLElement>("[data-block]")].map((block) => [block.dataset["block"] ?? "", block]));
  const overlays = new Overlays(say, "open");
  overlays.draw(found, new Anchorage(article, numbered).anchorAll(found.items));
  if (article.hasAttribute("data-backstory-open")) overlays.openFirst();
}

const source = document.getElementById("backstory");
const article = document.querySelector<HTMLElement>("[data-backstory]") ?? document.querySelector("article");
// A browser without highlights shows the article as it is.
if (source && article && "highlights" in CSS) void draw(source, article);
