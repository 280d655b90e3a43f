/** The English messages, as the browser would say them. */

import messages from "../_locales/en/messages.json";
import type { Say } from "../src/overlay/say";

export const say: Say = (key, ...named) =>
  (messages[key]?.message ?? "").replace(/\$(\d)/g, (_, place: string) => named[Number(place) - 1] ?? "");
