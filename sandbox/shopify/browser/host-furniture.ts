import type { NavLink, Requests, SaveBarState, TitleButton } from "./bridge-wire.ts";

/** The parts of the admin that an app may furnish. Elements are in the page; these only fill them. */
const part = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the admin page has no #${id}`);
  return element;
};

function button(label: string, press: () => void, className = ""): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.className = className;
  made.addEventListener("click", press);
  return made;
}

export function drawNav(links: readonly NavLink[], base: string, go: (href: string) => void): void {
  part("app-nav").replaceChildren(
    ...links.map(({ label, href }) => {
      const item = document.createElement("li");
      const anchor = document.createElement("a");
      anchor.textContent = label;
      anchor.href = base + href;
      anchor.dataset["app"] = href;
      anchor.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        go(href);
      });
      item.append(anchor);
      return item;
    }),
  );
}

export function drawTitle(
  title: string,
  buttons: readonly TitleButton[],
  press: (index: number) => void,
): void {
  part("app-title").textContent = title;
  part("app-actions").replaceChildren(
    ...buttons.map(({ label, variant, disabled }, index) => {
      const made = button(label, () => press(index), variant);
      made.disabled = disabled;
      return made;
    }),
  );
}

export function drawSaveBar(state: SaveBarState, save: () => void, discard: () => void): void {
  const bar = part("save-bar");
  bar.hidden = !state.visible;
  const saveButton = button(state.saving ? "Saving…" : "Save", save, "primary");
  const discardButton = button("Discard", discard);
  saveButton.disabled = state.saving || state.saveDisabled;
  discardButton.disabled = state.saving || state.discardDisabled;
  const label = document.createElement("span");
  label.textContent = "Unsaved changes";
  bar.replaceChildren(label, discardButton, saveButton);
}

/** Draws the eye to the save bar: somebody tried to leave. */
export function shake(): void {
  part("save-bar").animate(
    [{ transform: "translateX(-6px)" }, { transform: "translateX(6px)" }, { transform: "none" }],
    {
      duration: 120,
      iterations: 3,
    },
  );
}

export function showToast(toast: Requests["toast"], act: () => void, dismiss: () => void): void {
  const box = document.createElement("div");
  box.id = `toast-${toast.id}`;
  box.className = toast.isError ? "toast error" : "toast";
  box.setAttribute("role", toast.isError ? "alert" : "status");
  box.append(toast.message);
  const close = (): void => {
    if (!box.isConnected) return;
    box.remove();
    dismiss();
  };
  if (toast.action !== undefined) box.append(button(toast.action, act));
  const cross = button("×", close);
  cross.setAttribute("aria-label", "Dismiss");
  box.append(cross);
  part("toasts").append(box);
  setTimeout(close, toast.duration);
}

export const hideToast = (id: string): void => document.getElementById(`toast-${id}`)?.remove();

export const setLoading = (on: boolean): void => void part("loading").toggleAttribute("data-on", on);
