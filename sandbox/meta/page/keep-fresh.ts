/**
 * The page's script. It fetches the page anew every second and takes over only what changed, so nothing flickers, open
 * payloads stay open and the focus stays where it is.
 */
const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no #${id}`);
  return element;
};

const keyOf = (element: Element): string => element.getAttribute("data-key") ?? "";
/** A child as the server drew it: opening its payload changes the page's own copy. */
const drawn = new WeakMap<Element, string>();
for (const child of document.querySelectorAll("[data-live] > *")) drawn.set(child, child.outerHTML);

/** Brings the children of a list in line with those of the fresh one, by their keys. */
function patch(list: Element, fresh: Element): void {
  const known = new Map([...list.children].map((child) => [keyOf(child), child]));
  for (const [position, made] of [...fresh.children].entries()) {
    const old = known.get(keyOf(made));
    known.delete(keyOf(made));
    const text = made.outerHTML;
    const current = old !== undefined && drawn.get(old) === text ? old : made;
    if (current === made) {
      drawn.set(made, text);
      const open = [...(old?.querySelectorAll("details") ?? [])].map((part) => part.open);
      for (const [index, part] of made.querySelectorAll("details").entries())
        part.open = open[index] ?? false;
      old?.replaceWith(made);
    }
    if (list.children[position] !== current) list.insertBefore(current, list.children[position] ?? null);
  }
  for (const gone of known.values()) gone.remove();
}

async function refresh(): Promise<void> {
  const link = byId("link");
  try {
    const text = await (await fetch("/")).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const list of page.querySelectorAll("[data-live]")) patch(byId(list.id), list);
    const clock = page.getElementById("clock");
    if (clock !== null) byId("clock").replaceWith(clock);
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

const HOUR_MS = 3_600_000;
const sandboxNow = (): number => Number(byId("clock").dataset.now);
const ACTIONS: Record<string, () => Promise<void>> = {
  "clear-faults": () => steer("faults", { faults: [] }),
  hour: () => steer("clock", { nowMs: sandboxNow() + HOUR_MS }),
  days: () => steer("clock", { nowMs: sandboxNow() + 48 * HOUR_MS }),
  "real-time": () => steer("clock", { offsetMs: 0, rate: 1 }),
  forget: () => steer("reset", { what: "received" }),
};

const form = byId("faults") as HTMLFormElement;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const {
    preset = "{}",
    often = "{}",
    dataset = "",
  } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const fault = {
    ...(JSON.parse(preset) as object),
    ...(JSON.parse(often) as object),
    ...(dataset === "" ? {} : { dataset }),
  };
  void steer("faults/add", { faults: [fault] });
});
form.addEventListener("click", (event) => {
  const action = event.target instanceof HTMLElement ? event.target.dataset.action : undefined;
  if (action !== undefined) void ACTIONS[action]?.();
});

async function keepFresh(): Promise<void> {
  if (!document.hidden) await refresh();
  setTimeout(() => void keepFresh(), 1000);
}
void keepFresh();
