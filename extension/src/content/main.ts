/** What the toolbar button puts into a page: nothing until told, then a session, then nothing again. */

import type { Answer, FromPage, ToPage } from "../protocol";
import { Session } from "./session";

declare global {
  /** Set where the button was pressed on this page before: the script is there and listens. */
  var backstoryIsHere: boolean | undefined;
}

if (!globalThis.backstoryIsHere) {
  globalThis.backstoryIsHere = true;
  let session: Session | null = null;

  const send = async (message: FromPage): Promise<Answer | undefined> => {
    // An extension that was updated or removed leaves its scripts behind, without anyone to ask.
    if (!chrome.runtime?.id) return undefined;
    return (await chrome.runtime.sendMessage(message)) as Answer | undefined;
  };
  const start = (): void => {
    session = new Session({ say: (key, ...named) => chrome.i18n.getMessage(key, named), send }, () => (session = null));
    void session.start();
  };

  chrome.runtime.onMessage.addListener((message: ToPage) => {
    if (message.kind === "step") session?.step(message.by);
    else if (session) session.end();
    else start();
  });
}
