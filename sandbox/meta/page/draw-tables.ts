import type { View } from "./describe-view.ts";
import { clockText, count } from "./page-text.ts";
import { byId, make, sync } from "./patch-elements.ts";

const cell = (text: string, className = ""): HTMLElement => make("td", className, text);
const listing = (record: object): string =>
  Object.entries(record)
    .map(([name, times]) => `${name.replaceAll("_", " ")}: ${count(Number(times))}`)
    .join(", ") || "none";

export function drawSums({ state }: View): void {
  const { totals, counters } = state;
  const sums: [string, number, string][] = [
    ["Received", totals.received, ""],
    ["Counted", totals.counted, ""],
    ["Deduplicated", totals.deduplicated, "good"],
    ["Repeats discarded", totals.browserRepeats + totals.serverRepeats, ""],
    ["Counted twice", totals.doubled, totals.doubled > 0 ? "bad" : ""],
    ["Tokens in URLs", counters.tokensInUrl, counters.tokensInUrl > 0 ? "bad" : ""],
  ];
  sync(
    byId("sums"),
    sums,
    ([name]) => name,
    ([name, value, className]) => make("div", "", make("dt", "", name), make("dd", className, count(value))),
  );
}

export function drawDatasets({ state }: View): void {
  sync(
    byId("datasets"),
    state.datasets,
    ({ id }) => id,
    ({ id, name, totals, refused, notes }) =>
      make(
        "tr",
        "",
        cell(`${name} (${id})`),
        ...[totals.browser, totals.server, totals.counted, totals.deduplicated].map((sum) =>
          cell(count(sum), "number"),
        ),
        cell(count(totals.browserRepeats + totals.serverRepeats), "number"),
        cell(count(totals.doubled), totals.doubled > 0 ? "number bad" : "number"),
        cell(listing(refused), "wide"),
        cell(listing(notes), "wide"),
      ),
  );
  const select = document.querySelector<HTMLSelectElement>("select[name=dataset]");
  if (select !== null) {
    const options = [
      { id: "", name: "all" },
      ...state.datasets.map(({ id, name }) => ({ id, name: `${name} (${id})` })),
    ];
    sync(
      select,
      options,
      ({ id }) => id,
      ({ id, name }) => new Option(name, id),
    );
  }
}

export function drawRequests({ requests }: View): void {
  sync(
    byId("requests"),
    requests,
    ({ seq }) => String(seq),
    (entry) =>
      make(
        "tr",
        "",
        cell(clockText(entry.at)),
        cell(`${entry.method} ${entry.path}`),
        cell(count(entry.events), "number"),
        cell(entry.token === null ? "none" : `…${entry.token} (${entry.tokenFrom ?? ""})`),
        cell(
          entry.status === 0
            ? "no answer"
            : [entry.status, entry.code, entry.subcode].filter((part) => part !== null).join(" / "),
          entry.status === 200 && entry.fault === null ? "good" : "warn",
        ),
        cell(entry.fault ?? ""),
        cell(count(entry.tookMs), "number"),
      ),
  );
}

export function drawFaults({ state }: View): void {
  sync(
    byId("armed"),
    state.faults.map(({ fault, struck }, position) => ({ fault, struck, position })),
    ({ position }) => String(position),
    ({ fault, struck }) => make("li", "", `${JSON.stringify(fault)}: struck ${count(struck)} times`),
  );
}
