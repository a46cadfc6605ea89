// The admin page around the app's frame. Its elements are in the page (pages/admin-app.liquid); this only fills them.
import type { HostEvent, Requests } from "./bridge-wire.ts";
import { pageJson } from "./page-json.ts";

interface HostConfig {
  readonly appOrigin: string;
  /** Path of this app in the admin, such as /store/demo/apps/key. */
  readonly base: string;
  readonly storePath: string;
}

const APP_TITLE = "Tandem";
const config = pageJson<HostConfig>("admin-config");
const frame = document.querySelector<HTMLIFrameElement>("iframe#app");
let saveBar: Requests["saveBar"] = null;

const part = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the admin page has no #${id}`);
  return element;
};

const button = (textContent: string, onclick: () => void, more: Partial<HTMLButtonElement> = {}) =>
  Object.assign(document.createElement("button"), { type: "button", textContent, onclick, ...more });

const tellApp = (event: HostEvent): void => frame?.contentWindow?.postMessage(event, config.appOrigin);

/** Moves the app, unless unsaved changes are in the way: then the bar shakes and nothing moves. */
function go(href: string): void {
  if (saveBar === null) return tellApp({ name: "go", href });
  const steps = ["translateX(-6px)", "translateX(6px)", "none"].map((transform) => ({ transform }));
  part("save-bar").animate(steps, { duration: 120, iterations: 3 });
}

const currentPath = (): string =>
  window.location.pathname.slice(config.base.length) + window.location.search || "/";

function markCurrent(): void {
  for (const each of document.querySelectorAll("nav a[data-app]")) {
    const isCurrent = currentPath().split("?")[0] === each.getAttribute("data-app");
    if (isCurrent) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
}

function drawNav(links: Requests["nav"]): void {
  const items = links.map(({ label, href }) => {
    const item = document.createElement("li");
    const anchor = document.createElement("a");
    Object.assign(anchor, { textContent: label, href: config.base + href });
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

function drawTitle(title: string): void {
  document.title = `${title || APP_TITLE} · ${APP_TITLE}`;
  part("app-title").textContent = title || APP_TITLE;
}

function drawSaveBar(state: Requests["saveBar"]): void {
  // A redraw between press and release of the mouse would swallow the click.
  if (JSON.stringify(state) === JSON.stringify(saveBar)) return;
  saveBar = state;
  part("save-bar").hidden = state === null;
  if (state === null) return;
  const { saving, saveDisabled, discardDisabled } = state;
  const save = { className: "primary", disabled: saving || saveDisabled };
  part("save-bar").replaceChildren(
    "Unsaved changes",
    button("Discard", () => tellApp({ name: "discard" }), { disabled: saving || discardDisabled }),
    button(saving ? "Saving…" : "Save", () => tellApp({ name: "save" }), save),
  );
}

function showToast(text: string): void {
  const box = Object.assign(document.createElement("div"), { className: "toast", role: "status" });
  box.append(
    text,
    button("×", () => box.remove(), { ariaLabel: "Dismiss" }),
  );
  part("toasts").append(box);
  setTimeout(() => box.remove(), 5000);
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
  open: (url) => {
    if (saveBar === null || window.confirm("Leave page with unsaved changes?")) window.location.assign(url);
  },
};

interface AppRequest {
  readonly name: keyof Requests;
  readonly data: unknown;
}
window.addEventListener("message", ({ source, origin, data, ports }: MessageEvent<AppRequest>) => {
  if (source !== frame?.contentWindow || origin !== config.appOrigin) return;
  const handle = handlers[data.name] as (data: unknown) => unknown;
  void Promise.resolve(handle(data.data)).then((answer) => ports[0]?.postMessage(answer));
});
window.addEventListener("popstate", () => go(currentPath()));
