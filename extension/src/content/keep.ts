/** What the toolbar button's menu puts into a page: hands the page over as it is read, and does nothing else. */

import type { FromPage } from "../protocol";
import { addressOf } from "../snapshot/address";
import { takeSnapshot } from "../snapshot/snapshot";

const page = { url: addressOf(location), html: takeSnapshot(document).html };
void chrome.runtime.sendMessage({ kind: "keep", page } satisfies FromPage);
