/** Why an earlier article is linked, as a sentence made from the facts that tie the two together. */

import type { Coverage, Reason } from "../annotation";
import { sayDay, sayList, type Say } from "./say";

// Marks the words that are quoted from either article; `emphasised` turns the marked ones into elements.
const [OPEN, CLOSE] = ["\ue000", "\ue001"];

/** "Linked because both name Shoygu and Syria, and …"; empty where no fact was given. */
export function sayWhy(say: Say, { because, published }: Coverage): string {
  const of = (kind: string): Reason[] => because.filter((reason) => reason.kind === kind);
  const [figure] = of("number").filter(differs);
  const clauses = [
    naming(say, "why_entity", of("entity").map(({ there }) => mark(there))),
    naming(say, "why_number", of("number").filter((reason) => !differs(reason)).map(({ here }) => mark(here))),
    figure ? say("why_figure", mark(figure.here), mark(figure.there)) : "",
    naming(say, "why_term", of("term").map((reason) => term(say, reason))),
    ...of("quote").map(({ there }) => say("why_quote", mark(there))),
    ...of("outlet").map(({ here, there }) => say("why_outlet", mark(there || here))),
    ...of("time").map((reason) => time(say, reason, published)),
  ].filter(Boolean);
  const last = clauses.pop();
  if (last === undefined) return "";
  return say("why_sentence", clauses.length > 0 ? say("why_last", clauses.join(", "), last) : last);
}

/** A figure that differs: "Here: 5,000. On 3 May: 3,000." */
export function sayFigures(say: Say, { because, published }: Coverage): string {
  const figure = because.find((reason) => reason.kind === "number" && differs(reason));
  return figure && published ? say("figures", figure.here, figure.there, sayDay(say, published)) : "";
}

/** A sentence as text and emphasised text. */
export function emphasised(sentence: string): (string | HTMLElement)[] {
  return sentence.split(/[\ue000\ue001]/).map((part, index) => {
    if (index % 2 === 0) return part;
    const emphasis = document.createElement("em");
    emphasis.textContent = part;
    return emphasis;
  });
}

function naming(say: Say, key: "why_entity" | "why_number" | "why_term", words: string[]): string {
  const distinct = [...new Set(words)];
  return distinct.length > 0 ? say(key, sayList(say, distinct)) : "";
}

function term(say: Say, { here, there }: Reason): string {
  const same = here.toLowerCase() === there.toLowerCase();
  return same ? mark(there) : say("why_term_here", mark(there), mark(here));
}

/** Where the service gives a stretch of days instead of the words that name it, there is nothing to quote. */
function time(say: Say, { here, there }: Reason, published: string): string {
  const day = published ? sayDay(say, published) : there;
  return /\p{L}/u.test(here) ? say("why_time", mark(here), day) : say("why_time_named", day);
}

function mark(words: string): string {
  return `${OPEN}${words.replace(/[\ue000\ue001]/g, "")}${CLOSE}`;
}

function differs({ here, there }: Reason): boolean {
  return here !== there;
}
