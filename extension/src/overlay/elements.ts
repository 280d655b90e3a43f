/** Elements made of text: no words of ours or of others ever pass through a parser. */

type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | boolean>>;

type Name = keyof HTMLElementTagNameMap;

/** An element (`p.how` has that class) with its attributes (`true` is an empty one, `false` leaves it out) and children. */
export function element<Made extends Name>(
  what: Made | `${Made}.${string}`,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Made] {
  const [name, className] = what.split(".") as [Made, string?];
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== ""));
  return made;
}

export function button(label: string, className: string, onClick: (pressed: HTMLButtonElement) => void): HTMLButtonElement {
  const made = element(`button.${className}`, { type: "button" }, label);
  made.addEventListener("click", () => onClick(made));
  return made;
}

/** The cross in a corner. */
export function closer(label: string, onClick: () => void): HTMLButtonElement {
  const made = button("×", "close", onClick);
  made.setAttribute("aria-label", label);
  return made;
}

/** A link that leaves the page as it is and tells the other side nothing. */
export function link(address: string, ...children: readonly Child[]): HTMLElement {
  if (address === "") return element("span", {}, ...children);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer" }, ...children);
}

/** Several things on one line, with a middle dot between. */
export function dotted(...parts: readonly Child[]): (Node | string)[] {
  const there = parts.filter((part): part is Node | string => part !== null && part !== "");
  return there.flatMap((part, index) => (index === 0 ? [part] : [" · ", part]));
}
