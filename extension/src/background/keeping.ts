/**
 * "Keep what I read": articles that were read, handed to the reader's own archive.
 *
 * Off until the reader turns it on, or asks for one page. Never from a private window, never what is no article, and
 * no page twice by itself while the browser runs.
 */

import type { Answer, PageSeen } from "../protocol";
import { annotate, keep, type Kept } from "./service";
import type { Settings } from "./settings";

const MAX_KEPT = 500; // addresses that are remembered; the archive itself knows a page that comes again
const ARTICLES: ReadonlySet<string> = new Set(["", "article", "live"]);

// Asked for and not yet answered: pages are read side by side.
const underWay = new Set<string>();

/** Keep a page that was read, where that is wanted and was not done before; whether it was done now. */
export async function keepRead(settings: Settings, page: PageSeen, answer: Answer, isPrivate: boolean): Promise<boolean> {
  if (isPrivate || !settings.keep || !answer.ok || !ARTICLES.has(answer.document.pageKind)) return false;
  if (underWay.has(page.url)) return false;
  underWay.add(page.url);
  try {
    if ((await kept()).includes(page.url)) return false;
    return (await handOver(settings, page, answer.document.told)).ok;
  } finally {
    underWay.delete(page.url);
  }
}

/** Keep this page, because the reader asks for it. What is refused as an article is not kept. */
export async function keepAsked(settings: Settings, page: PageSeen): Promise<Kept> {
  const answer = await annotate(settings, page);
  if (!answer.ok) return answer;
  if (!ARTICLES.has(answer.document.pageKind)) return { ok: false, trouble: { kind: "noarticle", named: "" } };
  return handOver(settings, page, answer.document.told);
}

async function handOver(settings: Settings, page: PageSeen, published: string): Promise<Kept> {
  const outcome = await keep(settings, page, published);
  if (outcome.ok) {
    const others = (await kept()).filter((url) => url !== page.url);
    await chrome.storage.session.set({ kept: [...others, page.url].slice(-MAX_KEPT) });
  }
  return outcome;
}

// In memory, and for as long as the browser runs: what was read is written down nowhere but in the archive.
async function kept(): Promise<readonly string[]> {
  return (await chrome.storage.session.get<{ kept?: string[] }>("kept")).kept ?? [];
}
