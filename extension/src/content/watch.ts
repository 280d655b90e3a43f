/** What happens to a page while it is being shown: words that come or go, and a reader who goes elsewhere in it. */

export interface Watched {
  /** Whether there is anything to find again. */
  isStale(): boolean;
  changed(): void;
  left(): void;
}

const SETTLE_MS = 250;
// A page that never rests is looked at for a while, not for ever.
const MAX_LOOKS = 40;

/** Tell of changes until `signal` is aborted. */
export function watchPage(watched: Watched, signal: AbortSignal): void {
  let looks = 0;
  let waiting: ReturnType<typeof setTimeout> | null = null;
  const look = (): void => {
    waiting = null;
    if (signal.aborted || !watched.isStale()) return;
    looks++;
    if (looks >= MAX_LOOKS) observer.disconnect();
    watched.changed();
  };
  const observer = new MutationObserver(() => {
    waiting ??= setTimeout(() => requestIdleCallback(look, { timeout: SETTLE_MS }), SETTLE_MS);
  });
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    if (waiting !== null) clearTimeout(waiting);
  });
  watchAddress(watched, signal);
}

/** A page that turns into another without being loaded: its overlays were another article's. */
function watchAddress(watched: Watched, signal: AbortSignal): void {
  const { pathname, search } = location;
  const check = (): void => {
    if (location.pathname !== pathname || location.search !== search) watched.left();
  };
  const navigation = (globalThis as { navigation?: EventTarget }).navigation;
  navigation?.addEventListener("navigatesuccess", check, { signal });
  addEventListener("popstate", check, { signal });
}
