const SIZES: Readonly<Record<string, string>> = {
  small: "380px",
  base: "620px",
  large: "980px",
  max: "96vw",
};

/**
 * <ui-modal>: shown over the app. Shopify draws it outside of the frame; here it is a dialog inside it, with the same
 * methods and events.
 */
class ModalElement extends HTMLElement {
  readonly #dialog = document.createElement("dialog");
  readonly #heading = document.createElement("h2");
  readonly #actions = document.createElement("footer");
  readonly #content = document.createElement("div");

  connectedCallback(): void {
    this.style.display = "contents";
    this.#dialog.setAttribute("aria-modal", "true");
    this.#dialog.setAttribute("data-app-bridge-modal", this.id);
    this.#dialog.style.cssText =
      "border:0;border-radius:12px;padding:0;box-shadow:0 8px 40px rgba(0,0,0,.3);max-width:96vw";
    this.#heading.style.cssText = "margin:0;padding:16px;font:600 14px system-ui;background:#f3f3f3";
    this.#actions.style.cssText = "display:flex;gap:8px;justify-content:flex-end;padding:12px 16px";
    if (this.#dialog.isConnected) return;
    this.#dialog.append(this.#heading, this.#content, this.#actions);
    this.#dialog.addEventListener("close", () => this.dispatchEvent(new Event("hide")));
    document.body.append(this.#dialog);
  }
  disconnectedCallback(): void {
    if (this.#dialog.open) this.#dialog.close();
    this.#dialog.remove();
  }
  async show(): Promise<void> {
    if (this.#dialog.open) return;
    const bar = this.querySelector("ui-title-bar");
    this.#heading.textContent = bar?.getAttribute("title") ?? "";
    this.#dialog.style.width = SIZES[this.getAttribute("variant") ?? "base"] ?? "620px";
    this.#actions.replaceChildren(
      ...[...(bar?.querySelectorAll("button") ?? [])].reverse().map((inner) => {
        const button = document.createElement("button");
        button.textContent = inner.textContent;
        button.type = "button";
        button.disabled = inner.disabled;
        button.addEventListener("click", () => inner.click());
        return button;
      }),
    );
    const own = [...this.children].filter((each) => !each.localName.startsWith("ui-"));
    this.#content.replaceChildren(...own.map((each) => each.cloneNode(true)));
    this.#dialog.showModal();
    this.dispatchEvent(new Event("show"));
  }
  async hide(): Promise<void> {
    if (this.#dialog.open) this.#dialog.close();
  }
  async toggle(): Promise<void> {
    await (this.#dialog.open ? this.hide() : this.show());
  }
}

export function defineModalElement(): void {
  customElements.define("ui-modal", ModalElement);
}

interface Overlay {
  show(): Promise<void>;
  hide(): Promise<void>;
  toggle(): Promise<void>;
}

/** shopify.modal and shopify.saveBar: the element's method, by the element's ID. */
export function byId(selector: string): {
  [name in "show" | "hide" | "toggle"]: (id: string) => Promise<void>;
} {
  const call = (method: keyof Overlay) => async (id: string) => {
    const element = document.querySelector(`${selector}#${CSS.escape(id)}`);
    if (!element) throw new Error(`No ${selector} with the id ${id}`);
    await (element as Element & Overlay)[method]();
  };
  return { show: call("show"), hide: call("hide"), toggle: call("toggle") };
}
