/** What Backstory says, in the reader's language: messages, counts, days and lists. */

import type messages from "../../_locales/en/messages.json";

export type MessageKey = keyof typeof messages;

/** A message by its key, with `$1`, `$2` … filled in; empty for a key that is not there. */
export type Say = (key: MessageKey, ...named: string[]) => string;

type Stem<Key> = Key extends `${infer Name}_other` ? Name : never;

/** A message that differs with a number, which is its `$1`. */
export function sayCount(say: Say, stem: Stem<MessageKey>, count: number): string {
  const locale = say("locale");
  const one = new Intl.PluralRules(locale).select(count) === "one";
  return say(one ? `${stem}_one` : `${stem}_other`, new Intl.NumberFormat(locale).format(count));
}

/** Words for a message that depends on what the service answered; `otherwise` for an answer not known here. */
export function sayOneOf(say: Say, stem: string, answered: string, otherwise: string): string {
  return say(`${stem}_${answered.replace(/-/g, "_")}` as MessageKey) || otherwise;
}

/** "Shoygu and Syria" */
export function sayList(say: Say, words: readonly string[]): string {
  return new Intl.ListFormat(say("locale")).format(words);
}

const DAY = 86_400_000;

/** `YYYY-MM-DD` as a day: "14 March 2016". */
export function sayDay(say: Say, day: string): string {
  return format(say, { day: "numeric", month: "long", year: "numeric" }).format(Date.parse(day));
}

/** A stretch of days by the widest name it has: a year, a month, a day, or from one day to another. */
export function sayDays(say: Say, start: string, end: string): string {
  if (start === "" || end === "") return "";
  if (start === end) return sayDay(say, start);
  const after = new Date(Date.parse(end) + DAY).toISOString().slice(0, 10);
  if (start.endsWith("-01-01") && after === `${Number(start.slice(0, 4)) + 1}-01-01`) {
    return format(say, { year: "numeric" }).format(Date.parse(start));
  }
  const month = format(say, { month: "long", year: "numeric" });
  if (start.endsWith("-01") && after.endsWith("-01") && start.slice(0, 7) === end.slice(0, 7)) {
    return month.format(Date.parse(start));
  }
  return say("days_between", sayDay(say, start), sayDay(say, end));
}

/** How long before the article something appeared: "38 days before this article". */
export function sayEarlier(say: Say, published: string, article: string): string {
  if (published === "" || article === "") return "";
  const days = Math.round((Date.parse(article) - Date.parse(published)) / DAY);
  if (days < 0) return "";
  return days === 0 ? say("earlier_same") : sayCount(say, "earlier", days);
}

function format(say: Say, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(say("locale"), { ...options, timeZone: "UTC" });
}
