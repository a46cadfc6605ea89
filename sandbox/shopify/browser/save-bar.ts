import type { SaveBarState, HostLink } from "./bridge-wire.ts";

const HIDDEN: SaveBarState = {
  visible: false,
  saving: false,
  saveDisabled: false,
  discardDisabled: false,
  confirmDiscard: false,
};

/** Whoever currently owns the bar: an element or a form. */
interface BarOwner {
  state(): SaveBarState;
  save(): void;
  discard(): void;
}

const flagged = (element: Element | null, name: string): boolean =>
  element !== null && element.hasAttribute(name) && element.getAttribute(name) !== "false";

/** One contextual save bar per page, drawn by the admin. */
export class SaveBars {
  readonly #link: HostLink;
  #owner: BarOwner | undefined;

  constructor(link: HostLink) {
    this.#link = link;
    link.on("save", () => this.#owner?.save());
    link.on("discard", () => this.#owner?.discard());
  }

  get visible(): boolean {
    return this.#owner !== undefined;
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
    get showing(): boolean {
      return this.#showing;
    }
    get discardConfirmation(): boolean {
      return flagged(this, "discardConfirmation");
    }
    set discardConfirmation(value: boolean) {
      this.toggleAttribute("discardConfirmation", value);
    }
    #button(primary: boolean): HTMLButtonElement | null {
      return this.querySelector(primary ? 'button[variant="primary"]' : 'button:not([variant="primary"])');
    }
    state(): SaveBarState {
      const [save, discard] = [this.#button(true), this.#button(false)];
      return {
        visible: true,
        saving: flagged(save, "loading"),
        saveDisabled: save?.disabled ?? false,
        discardDisabled: discard?.disabled ?? false,
        confirmDiscard: this.discardConfirmation,
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
    async toggle(): Promise<void> {
      await (this.#showing ? this.hide() : this.show());
    }
  }
  customElements.define("ui-save-bar", SaveBarElement);
}

type Fields = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function contentsOf(form: HTMLFormElement): string {
  const fields = [...form.elements].filter(
    (each): each is Fields =>
      each instanceof HTMLInputElement ||
      each instanceof HTMLSelectElement ||
      each instanceof HTMLTextAreaElement,
  );
  return JSON.stringify(
    fields.map((field) =>
      field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")
        ? field.checked
        : field.value,
    ),
  );
}

/** Forms with `data-save-bar`: the bar shows while they differ from how they were found. */
export function watchForms(bars: SaveBars): void {
  const owners = new WeakMap<HTMLFormElement, { owner: BarOwner; clean: string }>();
  const ownerOf = (form: HTMLFormElement) => {
    const known = owners.get(form);
    if (known) return known;
    const owner: BarOwner = {
      state: () => ({
        ...HIDDEN,
        visible: true,
        confirmDiscard: form.hasAttribute("data-discard-confirmation"),
      }),
      save: () => form.requestSubmit(),
      discard: () => form.reset(),
    };
    const made = { owner, clean: contentsOf(form) };
    owners.set(form, made);
    return made;
  };
  const watched = (event: Event): HTMLFormElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-save-bar]") : null;

  for (const name of ["pointerdown", "focusin"]) {
    document.addEventListener(name, (event) => {
      const form = watched(event);
      if (form) ownerOf(form);
    });
  }
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => {
      const form = watched(event);
      if (!form) return;
      const { owner, clean } = ownerOf(form);
      // React writes a controlled field's value after the event has bubbled.
      setTimeout(() => (contentsOf(form) === clean ? bars.hide(owner) : bars.show(owner)));
    });
  }
  for (const name of ["submit", "reset"]) {
    document.addEventListener(name, (event) => {
      const form = watched(event);
      if (!form) return;
      const known = ownerOf(form);
      bars.hide(known.owner);
      // A reset writes the fields after its event.
      setTimeout(() => owners.set(form, { owner: known.owner, clean: contentsOf(form) }));
    });
  }
}
