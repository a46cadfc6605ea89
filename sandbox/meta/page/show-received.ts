/**
 * The page's script. It fetches the view every second and touches only what changed, so nothing flickers, open payloads
 * stay open and the focus stays where it is. Everything received is written as text, never as markup.
 */
import type { View } from "./describe-view.ts";
import { drawEvents } from "./draw-events.ts";
import { drawDatasets, drawFaults, drawRequests, drawSums } from "./draw-tables.ts";
import { OFTEN, PRESETS } from "./fault-presets.ts";
import { clockText } from "./page-text.ts";
import { byId } from "./patch-elements.ts";

let sandboxNow = Date.now();

async function refresh(): Promise<void> {
  const link = byId("link");
  try {
    const view = (await (await fetch("/__control/view")).json()) as View;
    sandboxNow = view.state.now;
    byId("clock").textContent = `${clockText(sandboxNow)} UTC`;
    if (link.textContent !== "") link.textContent = "";
    for (const draw of [drawSums, drawDatasets, drawRequests, drawEvents, drawFaults]) draw(view);
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
const ACTIONS: Record<string, () => Promise<void>> = {
  "clear-faults": () => steer("faults", { faults: [] }),
  hour: () => steer("clock", { nowMs: sandboxNow + HOUR_MS }),
  days: () => steer("clock", { nowMs: sandboxNow + 48 * HOUR_MS }),
  "real-time": () => steer("clock", { offsetMs: 0, rate: 1 }),
  forget: () => steer("reset", { what: "received" }),
};

const form = byId("faults") as HTMLFormElement;
form
  .querySelector("select[name=preset]")
  ?.append(...Object.keys(PRESETS).map((name) => new Option(name, name)));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = new FormData(form);
  const preset = PRESETS[String(chosen.get("preset"))];
  if (preset === undefined) return;
  const dataset = String(chosen.get("dataset") ?? "");
  const fault = { ...preset, ...OFTEN[String(chosen.get("often"))], ...(dataset === "" ? {} : { dataset }) };
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
