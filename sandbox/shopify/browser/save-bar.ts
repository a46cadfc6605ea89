import type { AskAdmin } from "./bridge-wire.ts";

/**
 * Defines <ui-save-bar>, whose bar the admin draws: its two buttons, primary and not, are what Save and Discard press.
 *
 * @returns presses a button of the element that shows
 */
export function defineSaveBar(ask: AskAdmin): (name: "save" | "discard") => void {
  let shown: HTMLElement | undefined;
  const buttonOf = (name: "save" | "discard") =>
    shown?.querySelector<HTMLButtonElement>(
      name === "save" ? 'button[variant="primary"]' : 'button:not([variant="primary"])',
    );
  const tell = (): void => {
    const save = buttonOf("save");
    const state = {
      saving: (save?.getAttribute("loading") ?? "false") !== "false",
      saveDisabled: save?.disabled ?? false,
      discardDisabled: buttonOf("discard")?.disabled ?? false,
    };
    void ask("saveBar", shown ? state : null);
  };
  const own = (bar: HTMLElement | undefined): void => {
    shown = bar;
    tell();
  };
  class SaveBarElement extends HTMLElement {
    readonly #observer = new MutationObserver(() => {
      if (shown === this) tell();
    });

    connectedCallback(): void {
      this.#observer.observe(this, { subtree: true, childList: true, attributes: true });
    }
    disconnectedCallback(): void {
      this.#observer.disconnect();
      this.hide();
    }
    show(): void {
      own(this);
    }
    hide(): void {
      if (shown === this) own(undefined);
    }
  }
  customElements.define("ui-save-bar", SaveBarElement);
  return (name) => buttonOf(name)?.click();
}
