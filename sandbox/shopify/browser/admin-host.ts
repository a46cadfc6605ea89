// The admin page around the app's frame. Its elements are in the page (pages/admin-app.liquid); this only fills them.
import { isMessage, type HostEvents, type Message, type Requests, type SaveBarState } from "./bridge-wire.ts";

interface HostConfig {
  readonly appOrigin: string;
  /** Path of this app in the admin, such as /store/demo/apps/key. */
  readonly base: string;
  readonly appTitle: string;
  readonly storePath: string;
}

const part = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the admin page has no #${id}`);
  return element;
};

function button(label: string, press: () => void, className = "", disabled = false): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.className = className;
  made.disabled = disabled;
  made.addEventListener("click", press);
  return made;
}

const config = JSON.parse(part("admin-config").textContent) as HostConfig;
const frame = document.querySelector<HTMLIFrameElement>("iframe#app");
let saveBar: SaveBarState | undefined;

const post = (message: Message): void => frame?.contentWindow?.postMessage(message, config.appOrigin);
const tellApp = <N extends keyof HostEvents>(name: N, data: HostEvents[N]): void =>
  post({ bridge: "event", name, data });
const dirty = (): boolean => saveBar?.visible === true;

/** Moves the app, unless unsaved changes are in the way: then the bar shakes and nothing moves. */
function go(href: string): void {
  if (!dirty()) return tellApp("go", { href });
  const steps = ["translateX(-6px)", "translateX(6px)", "none"].map((transform) => ({ transform }));
  part("save-bar").animate(steps, { duration: 120, iterations: 3 });
}

const currentPath = (): string =>
  window.location.pathname.slice(config.base.length) + window.location.search || "/";

function markCurrent(): void {
  for (const each of document.querySelectorAll("nav a[data-app]")) {
    if (currentPath().split("?")[0] === each.getAttribute("data-app"))
      each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
}

function drawNav({ links }: Requests["nav"]): void {
  const items = links.map(({ label, href }) => {
    const item = document.createElement("li");
    const anchor = document.createElement("a");
    anchor.textContent = label;
    anchor.href = config.base + href;
    anchor.dataset["app"] = href;
    anchor.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      go(href);
    });
    item.append(anchor);
    return item;
  });
  part("app-nav").replaceChildren(...items);
  markCurrent();
}

function drawTitle({ title }: Requests["title"]): void {
  document.title = `${title || config.appTitle} · ${config.appTitle}`;
  part("app-title").textContent = title || config.appTitle;
}

function drawSaveBar(state: SaveBarState): void {
  // A redraw between press and release of the mouse would swallow the click.
  if (JSON.stringify(state) === JSON.stringify(saveBar)) return;
  saveBar = state;
  const { visible, saving, saveDisabled, discardDisabled } = state;
  const label = document.createElement("span");
  label.textContent = "Unsaved changes";
  part("save-bar").hidden = !visible;
  part("save-bar").replaceChildren(
    label,
    button("Discard", () => tellApp("discard", {}), "", saving || discardDisabled),
    button(saving ? "Saving…" : "Save", () => tellApp("save", {}), "primary", saving || saveDisabled),
  );
}

function showToast({ message, isError, duration }: Requests["toast"]): void {
  const box = document.createElement("div");
  box.className = isError ? "toast error" : "toast";
  box.setAttribute("role", isError ? "alert" : "status");
  const cross = button("×", () => box.remove());
  cross.setAttribute("aria-label", "Dismiss");
  box.append(message, cross);
  part("toasts").append(box);
  setTimeout(() => box.remove(), duration);
}

function follow({ path, replace }: Requests["navigated"]): void {
  const address = config.base + (path === "/" ? "" : path);
  const here = window.location.pathname + window.location.search + window.location.hash;
  if (address === here) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  markCurrent();
}

const handlers: { [N in keyof Requests]: (data: Requests[N]) => unknown } = {
  idToken: async () => {
    const answer = await fetch(`${config.storePath}/__id-token`, { method: "POST" });
    return ((await answer.json()) as { token: string }).token;
  },
  extensions: async () => (await fetch(`${config.storePath}/__extensions`)).json(),
  toast: showToast,
  saveBar: drawSaveBar,
  nav: drawNav,
  title: drawTitle,
  navigated: follow,
  open: ({ url }) => {
    if (!dirty() || window.confirm("Leave page with unsaved changes?")) window.location.assign(url);
  },
};

window.addEventListener("message", ({ source, origin, data: message }: MessageEvent<unknown>) => {
  if (source !== frame?.contentWindow || origin !== config.appOrigin) return;
  if (!isMessage(message) || message.bridge !== "request") return;
  const handle = handlers[message.name] as (data: unknown) => unknown;
  void Promise.resolve(handle(message.data)).then((result) =>
    post({ bridge: "reply", id: message.id, result }),
  );
});
window.addEventListener("popstate", () => go(currentPath()));
