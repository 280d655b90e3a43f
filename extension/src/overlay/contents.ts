/** What a card says about one overlay. */

import type { AttributionItem, Coverage, DateItem, Item } from "../annotation";
import { button, dotted, element, link } from "./elements";
import { passageOf } from "./passage";
import { sayCount, sayDay, sayDays, sayEarlier, sayOneOf, type Say } from "./say";
import { emphasised, sayFigures, sayWhy } from "./why";

// Never more than three before asking.
const SHOWN_AT_FIRST = 3;

/** @param published the day of the article being read */
export function contentsOf(say: Say, item: Item, published: string): HTMLElement {
  switch (item.kind) {
    case "date":
      return dateOf(say, item);
    case "attribution":
      return attributionOf(say, item);
    case "claim":
      return coverageOf(say, item.coverage, published);
  }
}

/** Earlier articles, best first, the later ones behind a button. */
export function coverageOf(say: Say, coverage: readonly Coverage[], published: string): HTMLElement {
  const entries = coverage.map((one) => entry(say, one, published));
  const held = entries.slice(SHOWN_AT_FIRST);
  for (const one of held) one.hidden = true;
  const list = element("ol.coverage", {}, ...entries);
  if (held.length === 0) return list;
  const more = button(sayCount(say, "more", held.length), "quiet", () => {
    for (const one of held) one.hidden = false;
    held[0]?.querySelector("a")?.focus();
    more.remove();
  });
  return element("div", {}, list, more);
}

function dateOf(say: Say, item: DateItem): HTMLElement {
  const when = element("time", { datetime: item.value || false }, sayDays(say, item.start, item.end));
  return element("div.date", {}, element("p.when", {}, when), element("p.how", {}, item.reckoned));
}

function attributionOf(say: Say, { name }: AttributionItem): HTMLElement {
  return element("p.said", {}, name ? say("said_by", name) : say("said_by_unnamed"));
}

function entry(say: Say, coverage: Coverage, published: string): HTMLElement {
  const day = coverage.published && element("time", { datetime: coverage.published }, sayDay(say, coverage.published));
  const headline = link(coverage.deepLink, coverage.headline || say("no_headline"));
  const why = sayWhy(say, coverage);
  const sentence = element("p.why", { hidden: true }, ...emphasised(why));
  const relation = sayOneOf(say, "relation", coverage.relation, "");
  return element(
    "li",
    {},
    element("p.day", {}, ...dotted(day, coverage.publisher)),
    element("p.headline", { dir: "auto", lang: coverage.language || false }, headline),
    passageOf(coverage),
    paragraph("figures", sayFigures(say, coverage)),
    paragraph("rated", coverage.rating && say("rated", coverage.rating, coverage.publisher)),
    element("p.how", {},
      ...dotted(relation, sayEarlier(say, coverage.published, published), why ? opener(say("why"), sentence) : null),
    ),
    sentence,
    paragraph("how", coverage.copies > 0 ? sayCount(say, "copies", coverage.copies) : ""),
  );
}

function paragraph(className: string, text: string): HTMLElement | null {
  return text === "" ? null : element(`p.${className}`, {}, text);
}

/** A button that opens something in place. */
function opener(label: string, opened: HTMLElement): HTMLButtonElement {
  const made = button(label, "inline", () => {
    opened.hidden = !opened.hidden;
    made.setAttribute("aria-expanded", String(!opened.hidden));
  });
  made.setAttribute("aria-expanded", "false");
  return made;
}
