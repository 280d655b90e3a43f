/** What the browser starts: the toolbar button, the keys, and the one who asks the service for a page. */

import type { Answer, FromPage, PageSeen, PageState, ToPage } from "../protocol";
import { keepAsked, keepRead } from "./keeping";
import { annotate, type Kept } from "./service";
import { loadSettings, type Settings } from "./settings";

type Key = "action_off" | "action_reading" | "action_on";

// The badge speaks in signs; the tooltip says the same in words.
const BADGES: Readonly<Record<PageState, { text: (linked: number) => string; title: Key }>> = {
  off: { text: () => "", title: "action_off" },
  reading: { text: () => "…", title: "action_reading" },
  on: { text: (linked) => (linked > 99 ? "99+" : linked > 0 ? String(linked) : "✓"), title: "action_on" },
  trouble: { text: () => "!", title: "action_on" },
};
const INK = "#0b6e69";

// Chromium tells us of a click a moment before it tells the page's process that we may enter: one click in
// fifteen was refused in tests, and none a little later.
const SECOND_TRY_MS = 100;

chrome.action.onClicked.addListener((tab) => void activate(tab.id));

chrome.commands.onCommand.addListener((command, tab) => {
  const by = { "next-overlay": 1, "previous-overlay": -1 }[command] as 1 | -1 | undefined;
  // A page without a session has nobody who listens.
  if (by && tab?.id !== undefined) void tell(tab.id, { kind: "step", by }).catch(() => undefined);
});

chrome.runtime.onMessage.addListener((message: FromPage, sender, answer: (answer?: Answer) => void) => {
  if (sender.id !== chrome.runtime.id) return false;
  switch (message.kind) {
    case "annotate":
      void read(message.page, sender.tab).then(answer);
      return true;
    case "keep":
      void loadSettings()
        .then((settings) => keepAsked(settings, message.page))
        .then((kept) => showKept(sender.tab?.id, kept));
      return false;
    case "state":
      void showState(sender.tab?.id, message.state, message.linked);
      return false;
    case "open-options":
      void chrome.runtime.openOptionsPage();
      return false;
  }
});

chrome.runtime.onInstalled.addListener(() => {
  // Not above the page: the button is where a reader looks for us, and pages have long menus as it is.
  chrome.contextMenus.create({ id: "keep", title: chrome.i18n.getMessage("menu_keep"), contexts: ["action"] });
});

chrome.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
  if (menuItemId === "keep") void keepPage(tab);
});

/** Have a page annotated, and keep it afterwards where the reader wants that. */
async function read(page: PageSeen, tab: chrome.tabs.Tab | undefined): Promise<Answer> {
  const settings = await loadSettings();
  const answer = await annotate(settings, page);
  void keepAfterwards(settings, page, answer, tab);
  return answer;
}

async function keepAfterwards(settings: Settings, page: PageSeen, answer: Answer, tab: chrome.tabs.Tab | undefined): Promise<void> {
  const isKept = await keepRead(settings, page, answer, tab?.incognito ?? true);
  if (!isKept || tab?.id === undefined) return;
  await chrome.action.setTitle({ tabId: tab.id, title: chrome.i18n.getMessage("action_on_kept") });
}

async function keepPage(tab: chrome.tabs.Tab | undefined): Promise<void> {
  if (tab?.id === undefined) return;
  if (tab.incognito) return showBadge(tab.id, "!", chrome.i18n.getMessage("keep_private"));
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ["keep.js"] });
  } catch {
    await showBadge(tab.id, "!", chrome.i18n.getMessage("trouble_unreadable"));
  }
}

async function showKept(tabId: number | undefined, kept: Kept): Promise<void> {
  if (kept.ok) return showBadge(tabId, "✓", chrome.i18n.getMessage("keep_done"));
  const { kind, named } = kept.trouble;
  await showBadge(tabId, "!", chrome.i18n.getMessage("keep_failed", chrome.i18n.getMessage(`trouble_${kind}`, named)));
}

/** Turn on or off in a tab. Being asked to is what lets us into it. */
async function activate(tabId: number | undefined): Promise<void> {
  if (tabId === undefined) return;
  try {
    await enter(tabId).catch(() => pause(SECOND_TRY_MS).then(() => enter(tabId)));
    await tell(tabId, { kind: "toggle" });
  } catch {
    // The browser's own pages, its shop, and files it was not allowed to open.
    await showBadge(tabId, "!", chrome.i18n.getMessage("trouble_unreadable"));
  }
}

async function enter(tabId: number): Promise<void> {
  await chrome.scripting.executeScript({ target: { tabId }, files: ["content.js"] });
}

function pause(wait: number): Promise<void> {
  return new Promise((over) => setTimeout(over, wait));
}

function tell(tabId: number, message: ToPage): Promise<void> {
  return chrome.tabs.sendMessage(tabId, message, { frameId: 0 });
}

async function showState(tabId: number | undefined, state: PageState, linked: number): Promise<void> {
  const { text, title } = BADGES[state];
  await showBadge(tabId, text(linked), chrome.i18n.getMessage(title));
}

async function showBadge(tabId: number | undefined, text: string, title: string): Promise<void> {
  if (tabId === undefined) return;
  await chrome.action.setBadgeBackgroundColor({ tabId, color: INK });
  await chrome.action.setBadgeText({ tabId, text });
  await chrome.action.setTitle({ tabId, title });
}
