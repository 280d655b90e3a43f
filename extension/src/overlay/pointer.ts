/**
 * What the pointer rests on.
 *
 * Lines drawn by the Highlight API raise no events, and `highlightsFromPoint` is slow: the caret's place under
 * the pointer is asked for instead, and confirmed by the words' own rectangles.
 */

import type { Overlay } from "./lines";

/** Some overlays on the same words, the shortest first, and which line of the first one's words was pointed at. */
export interface Rest {
  readonly overlays: readonly [Overlay, ...Overlay[]];
  readonly line: number;
}

export interface PointerTold {
  /** Those that can be pointed at just now. */
  drawn(): readonly Overlay[];
  /** The pointer has rested on words long enough to mean it. */
  rested(rest: Rest): void;
  /** The words were pressed: clicked, or tapped. */
  pressed(rest: Rest): void;
  /** Something else was pressed. */
  pressedElsewhere(): void;
  /** The pointer has left words and card, for longer than it takes to cross from one to the other. */
  left(): void;
  /** Whether an event comes from a card of ours. */
  isOurs(target: EventTarget | null): boolean;
}

// As long as Wikipedia's page previews wait, which are the hover cards most people know.
export const REST_MS = 150;
export const LEAVE_MS = 300;
// A line lies a little below the words' rectangle.
const BELOW = 6;

/** Tell of the pointer until `signal` is aborted. */
export function watchPointer(told: PointerTold, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  let over: Overlay | "card" | null = null;
  const later = (wait: number, then: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(then, wait);
  };

  const moved = (event: PointerEvent): void => {
    frame = 0;
    if (event.buttons !== 0 || event.pointerType === "touch") return;
    const rest = told.isOurs(event.target) ? "card" : restAt(event.clientX, event.clientY, told.drawn());
    const now = rest === "card" || rest === null ? rest : rest.overlays[0];
    if (now === over) return;
    over = now;
    if (rest === "card") clearTimeout(timer);
    else if (rest) later(REST_MS, () => told.rested(rest));
    else later(LEAVE_MS, () => told.left());
  };
  const pressed = (event: MouseEvent): void => {
    if (told.isOurs(event.target)) return;
    const rest = restAt(event.clientX, event.clientY, told.drawn());
    if (rest && !isControl(event.target) && getSelection()?.isCollapsed !== false) {
      clearTimeout(timer);
      told.pressed(rest);
    } else told.pressedElsewhere();
  };

  document.addEventListener(
    "pointermove",
    (event) => {
      if (frame === 0) frame = requestAnimationFrame(() => moved(event));
    },
    { signal, passive: true },
  );
  document.addEventListener("click", pressed, { signal });
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  });
}

/** The overlays whose words lie at a point of the window. */
export function restAt(x: number, y: number, overlays: readonly Overlay[]): Rest | null {
  const caret = document.caretPositionFromPoint(x, y, { shadowRoots: shadowRootsOf(overlays) });
  if (!caret) return null;
  const found: { overlay: Overlay; line: number }[] = [];
  for (const overlay of overlays) {
    if (!overlay.range || !holdsCaret(overlay.range, caret)) continue;
    const line = [...overlay.range.getClientRects()].findIndex((rect) => isIn(rect, x, y));
    if (line !== -1) found.push({ overlay, line });
  }
  const [first, ...rest] = found.sort((a, b) => wordsOf(a.overlay).length - wordsOf(b.overlay).length);
  if (!first) return null;
  return { overlays: [first.overlay, ...rest.map(({ overlay }) => overlay)], line: first.line };
}

function holdsCaret(range: Range, { offsetNode, offset }: CaretPosition): boolean {
  if (offsetNode.getRootNode() !== range.startContainer.getRootNode()) return false;
  const { length } = offsetNode.nodeType === Node.TEXT_NODE ? (offsetNode as Text) : offsetNode.childNodes;
  return offset <= length && range.isPointInRange(offsetNode, offset);
}

function shadowRootsOf(overlays: readonly Overlay[]): ShadowRoot[] {
  const roots = new Set(overlays.map(({ range }) => range?.startContainer.getRootNode()));
  return [...roots].filter((root): root is ShadowRoot => root instanceof ShadowRoot);
}

function isIn({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean {
  return left <= x && x <= right && top <= y && y <= bottom + BELOW;
}

function wordsOf({ item }: Overlay): string {
  return item.place.quote.exact;
}

/** Links and buttons of the page do what the page means them to. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a[href], button, input, select, textarea, label, summary") !== null;
}
