import type { CopyReport } from "../control/describe-state.ts";
import type { View } from "./describe-view.ts";
import { clockText } from "./page-text.ts";
import { byId, make, sync } from "./patch-elements.ts";

function verdict({ counted, copies, kept, id, differences }: View["events"][number]): HTMLElement {
  const both = new Set(copies.map(({ channel }) => channel)).size === 2;
  const text =
    counted > 1
      ? `Counted ${counted} times: a copy came more than 48 hours after the first`
      : both
        ? `Counted once; the ${kept} copy is kept, the other discarded`
        : id === null
          ? "Counted; without an event ID no second copy could be recognised"
          : `Counted once; only the ${kept} sent it`;
  const notes =
    differences.length === 0 ? "" : `. Copies differ: ${differences.join(", ").replaceAll("_", " ")}`;
  return make(
    "p",
    `verdict ${counted > 1 ? "bad" : notes !== "" || id === null ? "warn" : "good"}`,
    text + notes,
  );
}

/** What became of a copy, in the words of the verdict above it. */
function fate(copy: CopyReport, event: View["events"][number]): string {
  if (copy.outcome === "repeat") return "repeat, discarded";
  if (event.counted > 1)
    return { counted: "counted", deduplicated: "discarded", doubled: "counted again" }[copy.outcome];
  return copy.channel === event.kept ? "kept" : "discarded";
}

/** The column of a channel that sent nothing, so that both copies always stand side by side. */
function missingCard(channel: CopyReport["channel"]): HTMLElement {
  const title = channel === "browser" ? "Browser copy" : "Server copy";
  return make("div", "copy", make("h4", "", title), make("p", "soft", "None received"));
}

function copyCards(event: View["events"][number], channel: CopyReport["channel"]): HTMLElement[] {
  const copies = event.copies.filter((copy) => copy.channel === channel);
  if (copies.length === 0) return [missingCard(channel)];
  return copies.map((copy) =>
    copyCard(copy, fate(copy, event), event.payloads.find(({ seq }) => seq === copy.seq)?.payload),
  );
}

function copyCard(copy: CopyReport, became: string, payload: unknown): HTMLElement {
  const rows: [string, string][] = [
    ["Arrived", `${clockText(copy.receivedAt)} UTC`],
    ["Event time", `${clockText(copy.eventTime * 1000)} UTC`],
    ["Value", copy.value === undefined ? "none" : `${copy.value} ${copy.currency ?? "(no currency)"}`],
    ["Identity", copy.keys.join(", ") || "none"],
    ...(copy.limited ? [["Limited Data Use", "asked for"] as [string, string]] : []),
    ...(copy.testCode === undefined ? [] : [["Test code", copy.testCode] as [string, string]]),
    ["Trace", copy.traceId],
  ];
  const list = make(
    "dl",
    "",
    ...rows.flatMap(([name, text]) => [make("dt", "", name), make("dd", "", text)]),
  );
  const details = make(
    "details",
    "",
    make("summary", "", "Payload as received"),
    make("pre", "", JSON.stringify(payload, null, 2)),
  );
  const title = `${copy.channel === "browser" ? "Browser" : "Server"} copy: ${became}`;
  return make("div", "copy", make("h4", "", title), list, ...(payload === undefined ? [] : [details]));
}

export function drawEvents({ events }: View): void {
  byId("empty").hidden = events.length > 0;
  sync(
    byId("events"),
    events,
    (event) => `${event.dataset} ${event.name} ${event.id ?? event.copies[0]?.seq}`,
    (event) =>
      make(
        "article",
        "event",
        make("h3", "", `${event.name} ${event.id ?? "(no event ID)"}`),
        make("span", "soft", `Dataset ${event.dataset}`),
        verdict(event),
        make(
          "div",
          "copies",
          make("div", "column", ...copyCards(event, "browser")),
          make("div", "column", ...copyCards(event, "server")),
        ),
      ),
  );
}
