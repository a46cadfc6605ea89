// The admin page around the app's frame.
import {
  isMessage,
  type HostEvents,
  type NavLink,
  type Requests,
  type SaveBarState,
  type TitleButton,
} from "./bridge-wire.ts";

interface HostConfig {
  readonly appOrigin: string;
  /** Path of this app in the admin, such as /store/demo/apps/key. */
  readonly base: string;
  readonly appTitle: string;
  readonly storePath: string;
}

const config = JSON.parse(document.getElementById("admin-config")?.textContent ?? "{}") as HostConfig;
const frame = document.querySelector<HTMLIFrameElement>("iframe#app");
let saveBar: SaveBarState | undefined;

const tellApp = <N extends keyof HostEvents>(name: N, data: HostEvents[N]): void =>
  frame?.contentWindow?.postMessage({ bridge: "event", name, data }, config.appOrigin);

const dirty = (): boolean => saveBar?.visible === true;

/** Moves the app, unless unsaved changes are in the way: then the bar shakes and nothing moves. */
function go(href: string): void {
  if (dirty()) shake();
  else tellApp("go", { href });
}

const currentPath = (): string =>
  window.location.pathname.slice(config.base.length) + window.location.search || "/";

function onNavigated({ path, replace }: Requests["navigated"]): void {
  const address = config.base + (path === "/" ? "" : path);
  const here = window.location.pathname + window.location.search + window.location.hash;
  if (address === here) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  markCurrent();
}

function markCurrent(): void {
  for (const each of document.querySelectorAll("nav a[data-app]")) {
    const path = each.getAttribute("data-app") ?? "";
    if (currentPath().split("?")[0] === path) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
}

function leave(url: string): void {
  if (dirty() && !window.confirm("Leave page with unsaved changes?")) return;
  window.location.assign(url);
}

const handlers: { [N in keyof Requests]: (data: Requests[N]) => unknown } = {
  idToken: async () =>
    ((await (await fetch(`${config.storePath}/__id-token`, { method: "POST" })).json()) as { token: string })
      .token,
  extensions: async () => (await fetch(`${config.storePath}/__extensions`)).json(),
  leave: () => !dirty() || window.confirm("Leave page with unsaved changes?"),
  toast: (toast) =>
    showToast(
      toast,
      () => tellApp("toastAction", { id: toast.id }),
      () => tellApp("toastDismiss", { id: toast.id }),
    ),
  hideToast: ({ id }) => hideToast(id),
  saveBar: (state) => {
    // A redraw between press and release of the mouse would swallow the click.
    if (JSON.stringify(state) === JSON.stringify(saveBar)) return;
    saveBar = state;
    drawSaveBar(
      state,
      () => tellApp("save", {}),
      () => {
        if (!state.confirmDiscard || window.confirm("Discard all unsaved changes?")) tellApp("discard", {});
      },
    );
  },
  nav: ({ links }: { links: NavLink[] }) => {
    drawNav(links, config.base, go);
    markCurrent();
  },
  title: ({ title, buttons }: { title: string; buttons: TitleButton[] }) => {
    document.title = `${title || config.appTitle} · ${config.appTitle}`;
    drawTitle(title || config.appTitle, buttons, (index) => tellApp("titleButton", { index }));
  },
  navigated: onNavigated,
  open: ({ url }) => leave(url),
  loading: ({ on }) => setLoading(on),
};

window.addEventListener("message", (event: MessageEvent<unknown>) => {
  if (event.source !== frame?.contentWindow || event.origin !== config.appOrigin) return;
  const message = event.data;
  if (!isMessage(message) || message.bridge !== "request") return;
  const handle = handlers[message.name] as (data: unknown) => unknown;
  void Promise.resolve(handle(message.data)).then((result) =>
    frame.contentWindow?.postMessage({ bridge: "reply", id: message.id, result }, config.appOrigin),
  );
});
window.addEventListener("popstate", () => go(currentPath()));

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
