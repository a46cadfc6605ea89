type TextBox = HTMLInputElement | HTMLTextAreaElement;

/**
 * Tells React what was typed or chosen before the page's script ran. A field that React controls would keep it on the
 * screen and lose it with the next change of anything else, because the state behind it does not know it.
 */
export function reportTypedBefore(page: Document): void {
  for (const box of page.querySelectorAll<TextBox>("input, textarea")) {
    if (isOther(box)) report(box);
  }
  for (const list of page.querySelectorAll("select")) {
    // A list of which no entry was chosen by the page has nothing to differ from.
    if ([...list.options].some((option) => option.defaultSelected && !option.selected))
      list.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function isOther(box: TextBox): boolean {
  if (!isChecked(box)) return box.value !== box.defaultValue;
  // Of a group of radio buttons the chosen one speaks for the one that it replaced.
  return box.checked !== box.defaultChecked && (box.type === "checkbox" || box.checked);
}

function isChecked(box: TextBox): box is HTMLInputElement {
  return box instanceof HTMLInputElement && (box.type === "checkbox" || box.type === "radio");
}

/**
 * React takes a field's event only where the field's value is another than the one it has seen. It sees what is set on the
 * field itself, and not what is set by the way that all fields share.
 */
function report(box: TextBox): void {
  if (isChecked(box)) {
    box.checked = box.defaultChecked;
    box.click();
    return;
  }
  const typed = box.value;
  box.value = box.defaultValue;
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value")?.set?.call(box, typed);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
