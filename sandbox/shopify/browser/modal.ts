/**
 * <ui-modal>: shown over the app. Shopify draws it outside of the frame; here it is a dialog inside it, with the same
 * methods and events.
 */
class ModalElement extends HTMLElement {
  readonly #dialog = document.createElement("dialog");

  connectedCallback(): void {
    this.style.display = "contents";
    this.#dialog.setAttribute("aria-modal", "true");
    this.#dialog.style.cssText =
      "border:0;border-radius:12px;padding:16px;box-shadow:0 8px 40px rgba(0,0,0,.3);width:620px;max-width:96vw";
    this.#dialog.addEventListener("close", () => this.dispatchEvent(new Event("hide")));
    document.body.append(this.#dialog);
  }
  disconnectedCallback(): void {
    this.#dialog.close();
    this.#dialog.remove();
  }
  async show(): Promise<void> {
    if (this.#dialog.open) return;
    const bar = this.querySelector("ui-title-bar");
    const heading = document.createElement("h2");
    heading.textContent = bar?.getAttribute("title") ?? "";
    const own = [...this.children].filter((each) => !each.localName.startsWith("ui-"));
    const buttons = [...(bar?.querySelectorAll("button") ?? [])].reverse().map((inner) => {
      const button = inner.cloneNode(true);
      button.addEventListener("click", () => inner.click());
      return button;
    });
    this.#dialog.replaceChildren(heading, ...own.map((each) => each.cloneNode(true)), ...buttons);
    this.#dialog.showModal();
    this.dispatchEvent(new Event("show"));
  }
  async hide(): Promise<void> {
    this.#dialog.close();
  }
}

export function defineModalElement(): void {
  customElements.define("ui-modal", ModalElement);
}

/** shopify.modal and shopify.saveBar: the element's method, by the element's ID. */
export function byId(selector: string) {
  const call = (method: "show" | "hide") => async (id: string) => {
    const element = document.querySelector(`${selector}#${CSS.escape(id)}`);
    if (!element) throw new Error(`No ${selector} with the id ${id}`);
    await (element as Element & Pick<ModalElement, "show" | "hide">)[method]();
  };
  return { show: call("show"), hide: call("hide") };
}
