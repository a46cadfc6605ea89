/**
 * The page's script. It fetches the page anew every second and takes over the parts that changed, so nothing flickers, open
 * payloads stay open and what was chosen stays chosen.
 */
const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no #${id}`);
  return element;
};

/** Each part as the server drew it: opening a payload changes the page's own copy. */
const drawn = new Map<string, string>();

function patch(fresh: Element): void {
  const part = byId(fresh.id);
  if (drawn.get(part.id) === fresh.innerHTML) return;
  drawn.set(part.id, fresh.innerHTML);
  const focused = part.querySelector("details:has(:focus)")?.id ?? "";
  const open = [...part.querySelectorAll("details[open]")].map(({ id }) => id);
  const select = part instanceof HTMLSelectElement ? part : undefined;
  const chosen = select?.value ?? "";
  part.replaceChildren(...fresh.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  document.getElementById(focused)?.querySelector("summary")?.focus();
  if (select !== undefined) select.value = chosen;
}

async function refresh(): Promise<void> {
  const link = byId("link");
  try {
    const text = await (await fetch("/")).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const part of page.querySelectorAll("[data-live]")) patch(part);
    if (link.textContent !== "") link.textContent = "";
  } catch {
    link.textContent = "(the sandbox does not answer; figures are old)";
  }
}

async function steer(path: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(`/__control/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  await refresh();
}

const parse = (json = "{}"): object => JSON.parse(json) as object;
const form = byId("faults") as HTMLFormElement;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { preset, often, dataset } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const fault = { ...parse(preset), ...parse(often), ...(dataset ? { dataset } : {}) };
  void steer("faults/add", { faults: [fault] });
});
form.addEventListener("click", ({ target }) => {
  const { control, body, ahead } = target instanceof HTMLElement ? target.dataset : {};
  if (control === undefined) return;
  const now = Number(byId("now").getAttribute("value"));
  void steer(control, ahead === undefined ? parse(body) : { nowMs: now + Number(ahead) });
});

async function keepFresh(): Promise<void> {
  if (!document.hidden) await refresh();
  setTimeout(() => void keepFresh(), 1000);
}
void keepFresh();
