/** What the browser starts: the toolbar button, the keys, and the one who asks the service for a page. */

import type { Answer, FromPage, PageState, ToPage } from "../protocol";
import { annotate } from "./service";
import { loadSettings } from "./settings";

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
      void loadSettings()
        .then((settings) => annotate(settings, message.page))
        .then(answer);
      return true;
    case "state":
      void showState(sender.tab?.id, message.state, message.linked);
      return false;
    case "open-options":
      void chrome.runtime.openOptionsPage();
      return false;
  }
});

/** Turn on or off in a tab. Being asked to is what lets us into it. */
async function activate(tabId: number | undefined): Promise<void> {
  if (tabId === undefined) return;
  try {
    await enter(tabId).catch(() => pause(SECOND_TRY_MS).then(() => enter(tabId)));
    await tell(tabId, { kind: "toggle" });
  } catch {
    // The browser's own pages, its shop, and files it was not allowed to open.
    await chrome.action.setBadgeText({ tabId, text: "!" });
    await chrome.action.setTitle({ tabId, title: chrome.i18n.getMessage("trouble_unreadable") });
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
  if (tabId === undefined) return;
  const { text, title } = BADGES[state];
  await chrome.action.setBadgeBackgroundColor({ tabId, color: INK });
  await chrome.action.setBadgeText({ tabId, text: text(linked) });
  await chrome.action.setTitle({ tabId, title: chrome.i18n.getMessage(title) });
}
