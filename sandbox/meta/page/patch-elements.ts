type Child = Node | string;

/** An element with its children; strings become text, never markup. */
export function make(tag: string, className: string, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.append(...children);
  return element;
}

export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no #${id}`);
  return element;
}

/** Brings the children of `parent` in line with `items`; a child is made anew only when its data changed. */
export function sync<T>(
  parent: HTMLElement,
  items: T[],
  keyOf: (item: T) => string,
  build: (item: T) => HTMLElement,
): void {
  const known = new Map(
    [...parent.children].map((child) => [child.getAttribute("data-key"), child as HTMLElement] as const),
  );
  for (const [position, item] of items.entries()) {
    const key = keyOf(item);
    const data = JSON.stringify(item);
    let child = known.get(key);
    known.delete(key);
    if (child?.dataset.drawn !== data) {
      const fresh = build(item);
      fresh.dataset.key = key;
      fresh.dataset.drawn = data;
      const open = [...(child?.querySelectorAll("details") ?? [])].map((part) => part.open);
      fresh.querySelectorAll("details").forEach((part, index) => (part.open = open[index] ?? false));
      child?.replaceWith(fresh);
      child = fresh;
    }
    if (parent.children[position] !== child) parent.insertBefore(child, parent.children[position] ?? null);
  }
  for (const gone of known.values()) gone.remove();
}
