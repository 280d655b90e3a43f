/**
 * The page as a reader sees it, block by block.
 *
 * The service reads pages by the same rules (`backend/backstory/reading/runs.py`); `tests/wire/text-model.json`
 * holds both to them.
 */

/** A stretch of text nodes and line breaks that stand together, and the element they stand in. */
export interface Block {
  readonly element: Element;
  readonly parts: readonly (Text | typeof BREAK)[];
}

export const BREAK = "\n";

/** How an element stands in the page: not read at all, in the line, or as a block of its own. */
export type Standing = "unread" | "inline" | "block";

// What a reader never sees as text, or sees as a control; what they are writing themselves is theirs.
const UNREAD = new Set(
  (
    "script style noscript template svg math iframe object embed applet canvas audio video picture source track map " +
    "head title meta link button select option optgroup datalist textarea input output progress meter dialog " +
    "frameset noframes rp rt"
  ).split(" "),
);
export const INLINE: ReadonlySet<string> = new Set(
  (
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr q ruby s samp small " +
    "slot span strike strong sub sup time tt u var wbr"
  ).split(" "),
);

/** Levels of nesting that are read, as many as browsers build from a page's source: no page exhausts the stack. */
export const MAX_DEPTH = 512;

/** The blocks under `root` in document order, shadow trees included. */
export function readBlocks(root: Element): Block[] {
  const blocks: Block[] = [];
  let parts: (Text | typeof BREAK)[] = [];
  let owner = root;

  const close = (): void => {
    if (parts.some((part) => part !== BREAK && !isBlank(part.data))) blocks.push({ element: owner, parts });
    parts = [];
  };
  // One break is a new line, two are a new paragraph.
  const lineBreak = (): void => {
    const last = parts.findLast((part) => part === BREAK || !isBlank(part.data));
    if (last === BREAK) close();
    else parts.push(BREAK);
  };
  const walk = (element: Element, depth: number): void => {
    const shown = isShown(element);
    for (const child of childrenOf(element)) {
      if (isText(child)) {
        if (shown) parts.push(child);
      } else if (isElement(child) && depth < MAX_DEPTH) enter(child, depth + 1);
    }
  };
  const enter = (element: Element, depth: number): void => {
    const standing = standingOf(element);
    if (standing === "unread") return;
    if (element.localName === "br") return lineBreak();
    if (standing === "inline") return walk(element, depth);
    const outer = owner;
    close();
    owner = element;
    walk(element, depth);
    close();
    owner = outer;
  };

  walk(root, 0);
  close();
  return blocks;
}

/** How an element stands, by its name and by how the page's style draws it. */
export function standingOf(element: Element): Standing {
  if (UNREAD.has(element.localName) || isWithdrawn(element)) return "unread";
  const style = getComputedStyle(element);
  if (style.display === "none") return "unread";
  if (INLINE.has(element.localName)) return isDrawnAsBlock(element, style) ? "block" : "inline";
  return element.localName.includes("-") && /^(inline|contents)/.test(style.display) ? "inline" : "block";
}

/** The children as they are drawn: a shadow tree in place of its host's own, what was slotted in place of the slot. */
export function childrenOf(element: Element): Iterable<Node> {
  if (element.shadowRoot) return element.shadowRoot.childNodes;
  if (element.localName === "slot") {
    const assigned = (element as HTMLSlotElement).assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  return element.childNodes;
}

export function isShown(element: Element): boolean {
  return getComputedStyle(element).visibility !== "hidden";
}

export function isText(node: Node): node is Text {
  return node.nodeType === Node.TEXT_NODE;
}

export function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}

function isWithdrawn(element: Element): boolean {
  const editable = element.getAttribute("contenteditable");
  return (
    element.hasAttribute("hidden") ||
    element.getAttribute("aria-hidden") === "true" ||
    (editable !== null && editable !== "false")
  );
}

/** A span made to stand alone. A floated one is a drop cap, one in a flex row is still in its row. */
function isDrawnAsBlock(element: Element, style: CSSStyleDeclaration): boolean {
  if (!/^(block|list-item|table|flow-root)$/.test(style.display)) return false;
  if (style.float !== "none" || !/^(static|relative|)$/.test(style.position)) return false;
  return element.parentElement === null || !/flex|grid/.test(getComputedStyle(element.parentElement).display);
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}
