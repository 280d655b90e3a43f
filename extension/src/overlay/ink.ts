/** Which ink can be read on the page's own colours. */

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** Whether lines under an element's text want the light ink: whether what is behind it is dark. */
export function isOnDark(element: Element): boolean {
  const behind = backgroundOf(element);
  if (behind !== null) return luminance(behind) < MIDDLE;
  // Behind a picture nothing can be known; the page's own text was chosen to be read on it.
  return luminance(colourOf(getComputedStyle(element).color)) > MIDDLE;
}

// Where both inks have the same contrast by WCAG's formula: sqrt((Ldark + .05)(Llight + .05)) - .05,
// with L = .13 for the inks of a light page and .53 for those of a dark one.
const MIDDLE = 0.27;

/** The nearest colour that something paints behind an element, white where nothing does; `null` behind a picture. */
function backgroundOf(element: Element): Colour | null {
  for (let at: Element | null = element; at !== null; at = at.parentElement ?? hostOf(at)) {
    const style = getComputedStyle(at);
    if (style.backgroundImage !== "none" && style.backgroundImage !== "") return null;
    const colour = colourOf(style.backgroundColor);
    if (colour[3] > 0.5) return colour;
  }
  return isDarkByDefault(element) ? [0, 0, 0, 1] : [255, 255, 255, 1];
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** A page that paints no background and asks for a dark canvas gets one where the reader prefers it. */
function isDarkByDefault(element: Element): boolean {
  const scheme = getComputedStyle(element.ownerDocument.documentElement).colorScheme;
  if (!scheme?.includes("dark")) return false;
  return !scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches;
}

function colourOf(computed: string): Colour {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (computed.match(/[\d.]+/g) ?? []).map(Number);
  return computed.startsWith("rgb") ? [red, green, blue, alpha] : [0, 0, 0, 0];
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance([red, green, blue]: Colour): number {
  const [r, g, b] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
