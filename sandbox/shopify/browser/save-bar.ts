import { HIDDEN, type HostLink, type SaveBarState } from "./bridge-wire.ts";

/** Whoever currently owns the bar: an element or a form. */
interface BarOwner {
  state(): SaveBarState;
  save(): void;
  discard(): void;
}

/** One contextual save bar per page, drawn by the admin. */
export class SaveBars {
  readonly #link: HostLink;
  #owner: BarOwner | undefined;

  constructor(link: HostLink) {
    this.#link = link;
    link.on("save", () => this.#owner?.save());
    link.on("discard", () => this.#owner?.discard());
  }

  show(owner: BarOwner): void {
    this.#owner = owner;
    this.refresh(owner);
  }

  hide(owner: BarOwner): void {
    if (this.#owner !== owner) return;
    this.#owner = undefined;
    this.#link.tell("saveBar", HIDDEN);
  }

  refresh(owner: BarOwner): void {
    if (this.#owner === owner) this.#link.tell("saveBar", owner.state());
  }
}

/** Defines <ui-save-bar>: its two buttons, primary and not, are what Save and Discard press. */
export function defineSaveBarElement(bars: SaveBars): void {
  class SaveBarElement extends HTMLElement implements BarOwner {
    #showing = false;
    readonly #observer = new MutationObserver(() => bars.refresh(this));

    connectedCallback(): void {
      this.#observer.observe(this, { subtree: true, childList: true, attributes: true });
    }
    disconnectedCallback(): void {
      this.#observer.disconnect();
      void this.hide();
    }
    #button(primary: boolean): HTMLButtonElement | null {
      return this.querySelector(primary ? 'button[variant="primary"]' : 'button:not([variant="primary"])');
    }
    state(): SaveBarState {
      const save = this.#button(true);
      return {
        visible: true,
        saving: (save?.getAttribute("loading") ?? "false") !== "false",
        saveDisabled: save?.disabled ?? false,
        discardDisabled: this.#button(false)?.disabled ?? false,
      };
    }
    save(): void {
      this.#button(true)?.click();
    }
    discard(): void {
      this.#button(false)?.click();
    }
    async show(): Promise<void> {
      if (this.#showing) return;
      this.#showing = true;
      bars.show(this);
      this.dispatchEvent(new Event("show"));
    }
    async hide(): Promise<void> {
      if (!this.#showing) return;
      this.#showing = false;
      bars.hide(this);
      this.dispatchEvent(new Event("hide"));
    }
  }
  customElements.define("ui-save-bar", SaveBarElement);
}

const contentsOf = (form: HTMLFormElement): string =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** Forms with `data-save-bar`: the bar shows while they differ from how they were found, submitted or reset. */
export function watchForms(bars: SaveBars): void {
  const owners = new WeakMap<HTMLFormElement, BarOwner & { clean: string }>();
  const ownerOf = (form: HTMLFormElement) => {
    const owner = owners.get(form) ?? {
      clean: contentsOf(form),
      state: () => ({ ...HIDDEN, visible: true }),
      save: () => form.requestSubmit(),
      discard: () => form.reset(),
    };
    owners.set(form, owner);
    return owner;
  };
  for (const name of ["pointerdown", "focusin", "input", "change", "submit", "reset"]) {
    document.addEventListener(name, ({ target }) => {
      const form = target instanceof Element ? target.closest<HTMLFormElement>("form[data-save-bar]") : null;
      if (!form) return;
      const owner = ownerOf(form);
      // React writes a controlled field's value after the event has bubbled, and a reset writes after its own.
      setTimeout(() => {
        if (name === "submit" || name === "reset") owner.clean = contentsOf(form);
        if (contentsOf(form) === owner.clean) bars.hide(owner);
        else bars.show(owner);
      });
    });
  }
}

interface Bar {
  show(): Promise<void>;
  hide(): Promise<void>;
}

/** shopify.saveBar: the element's methods, by its ID. */
export const saveBarById = { show: callById("show"), hide: callById("hide") };

function callById(method: "show" | "hide") {
  return async (id: string): Promise<void> => {
    const element = document.querySelector<HTMLElement & Bar>(`ui-save-bar#${CSS.escape(id)}`);
    if (!element) throw new Error(`No ui-save-bar with the id ${id}`);
    await element[method]();
  };
}
