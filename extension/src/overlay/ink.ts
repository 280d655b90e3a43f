/** Which ink can be read on the page's own colours. */

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** Whether lines under an element's text want the light ink: whether what is behind it is dark. */
export function isOnDark(element: Element): boolean {
  const behind = backgroundOf(element);
  if (behind !== null) return luminance(behind) < MIDDLE;
  // Behind a picture, or where nothing is painted, the page's own text was chosen to be read on what is there.
  return luminance(colourOf(getComputedStyle(element).color)) > MIDDLE;
}

// Where both inks have the same contrast by WCAG's formula: sqrt((Ldark + .05)(Llight + .05)) - .05,
// with L = .13 for the inks of a light page and .53 for those of a dark one.
const MIDDLE = 0.27;

/** The nearest colour that something paints behind an element; `null` where that is a picture, or nothing. */
function backgroundOf(element: Element): Colour | null {
  for (let at: Element | null = element; at !== null; at = at.parentElement ?? hostOf(at)) {
    const style = getComputedStyle(at);
    if (style.backgroundImage !== "none" && style.backgroundImage !== "") return null;
    const colour = colourOf(style.backgroundColor);
    if (colour[3] > 0.5) return colour;
  }
  return null;
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
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
