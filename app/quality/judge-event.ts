import { hasBrowserCopy, storedKind } from "../conversions/order/sale-kinds.ts";
import type { Counting } from "../pairing/count-at-meta.ts";
import type { Pairing } from "../pairing/decide-pairing.ts";
import type { Text } from "../texts/texts.ts";
import { explainSkip, type Skip } from "./explain-skip.ts";
import { refusalAmong } from "./state-at-dataset.ts";
import "../texts/areas/verdicts.ts";

/** What became of one purchase at one dataset, in plain language, and whether anybody has to do something. */
export interface Verdict {
  readonly tone: "success" | "info" | "warning" | "critical";
  readonly title: Text;
  readonly text: readonly Text[];
  /** The setting that decided. */
  readonly setting?: { readonly url: string; readonly name: Text };
}

/** Why there is a browser's copy or none. */
export type BrowserStory =
  | "sent"
  | "blocked"
  | "failed"
  /** Told to send its copy, and no report since. */
  | "silent"
  /** Told not to send it. */
  | "unpaid"
  | "refused"
  /** Told us, and left before it had an answer. */
  | "unanswered"
  /** Told to send it to other datasets. */
  | "elsewhere"
  | "no_report"
  | "no_browser";

export interface JudgedDataset {
  /** As merchants know it. */
  readonly name: string;
  /** As it is shown. */
  readonly state: string;
  readonly skip: Skip | null;
  /** At this dataset. */
  readonly pairing: Pairing;
  /** Of two copies that were both sent, as far as they are still kept. */
  readonly counting: Counting | null;
  readonly browser: BrowserStory;
  /** A request that carried it may have arrived. */
  readonly mayHaveArrived: boolean;
  /** The answer that ended it; null = none is kept. */
  readonly answer: { readonly text: string; readonly isMetas: boolean } | null;
  /** What the two copies differ in although Meta counts them once. */
  readonly differing: { readonly browserValue: string; readonly serverValue: string } | "other" | null;
}

export interface JudgedEvent {
  readonly source: string;
  readonly datasets: readonly JudgedDataset[];
}

export interface DatasetVerdict {
  readonly datasets: readonly string[];
  readonly verdict: Verdict;
}

const SEVERITY: readonly Verdict["tone"][] = ["critical", "warning", "info", "success"];

/** What is said of each dataset, the same said once, the gravest first. Pure. */
export function judgeEvent(event: JudgedEvent): readonly DatasetVerdict[] {
  if (event.datasets.length === 0) return [{ datasets: [], verdict: NO_DATASET }];
  const groups = new Map<string, { datasets: string[]; verdict: Verdict }>();
  const refusal = refusalAmong(event.datasets);
  for (const dataset of event.datasets) {
    const verdict =
      refusal?.skip && dataset.state !== "dead" ? notSent(refusal.skip, dataset) : judge(dataset, event);
    const key = JSON.stringify(verdict);
    const group = groups.get(key) ?? { datasets: [], verdict };
    group.datasets.push(dataset.name);
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (a, b) => SEVERITY.indexOf(a.verdict.tone) - SEVERITY.indexOf(b.verdict.tone),
  );
}

const NO_DATASET: Verdict = {
  tone: "info",
  title: { key: "verdicts.noDataset.title" },
  text: [{ key: "verdicts.noDataset.text" }],
};

function judge(dataset: JudgedDataset, event: JudgedEvent): Verdict {
  const on = (
    tone: Verdict["tone"],
    name: "held" | "paused" | "retrying" | "waiting" | "queued",
  ): Verdict => ({
    tone,
    title: { key: `verdicts.${name}.title` },
    text: [{ key: `verdicts.${name}.text` }],
  });
  switch (dataset.state) {
    case "skipped":
      return notSent(dataset.skip, dataset);
    case "dead":
      return failed(dataset);
    case "held":
      return on("warning", "held");
    case "paused":
      return on("warning", "paused");
    case "retrying":
      return on("info", "retrying");
    case "waiting":
      return on("info", "waiting");
    case "delivered":
      return delivered(dataset, event);
    default:
      return on("info", "queued");
  }
}

function notSent(skip: Skip | null, { browser }: JudgedDataset): Verdict {
  const wentAlone = browser === "sent";
  const why = skip ? explainSkip(skip) : { text: [], setting: undefined };
  return {
    tone: "info",
    title: { key: wentAlone ? "verdicts.notSent.titleServer" : "verdicts.notSent.title" },
    text: [...why.text, { key: wentAlone ? "verdicts.notSent.browserWent" : "verdicts.notSent.noCopy" }],
    ...(why.setting && { setting: why.setting }),
  };
}

function failed({ mayHaveArrived, browser, answer }: JudgedDataset): Verdict {
  const counted = browser === "sent" ? "browser" : mayHaveArrived ? "perhaps" : "none";
  return {
    tone: "critical",
    title: { key: mayHaveArrived ? "verdicts.failed.titleUnsure" : "verdicts.failed.title" },
    text: [
      { key: `verdicts.failed.${counted}` },
      ...(answer
        ? [
            {
              key: answer.isMetas ? "verdicts.failed.meta" : "verdicts.failed.note",
              values: { answer: answer.text },
            } as const,
          ]
        : [{ key: "verdicts.failed.gone" } as const]),
    ],
  };
}

function delivered(dataset: JudgedDataset, { source }: JudgedEvent): Verdict {
  switch (dataset.pairing) {
    case "paired":
      return paired(dataset);
    case "mismatched":
      return {
        tone: "critical",
        title: { key: "verdicts.twice.title" },
        text: [
          ...(dataset.counting?.kind === "twice"
            ? dataset.counting.because.map((each) => ({ key: DIFFERENCES[each] }))
            : [{ key: "verdicts.twice.unknown" } as const]),
          { key: "verdicts.twice.rule" },
        ],
      };
    case "pending":
      return {
        tone: "success",
        title: { key: "verdicts.sent.title" },
        text: [{ key: "verdicts.sent.text" }],
      };
    case "browser_only":
    case "server_only":
      return alone(dataset, source);
  }
}

const DIFFERENCES = {
  event_name: "verdicts.twice.name",
  event_id: "verdicts.twice.id",
  time: "verdicts.twice.time",
} as const;

function paired({ counting, differing }: JudgedDataset): Verdict {
  if (differing === null)
    return { tone: "success", title: { key: "verdicts.once.title" }, text: [{ key: "verdicts.once.text" }] };
  const holds = counting?.kind === "once" ? counting.holds : null;
  const because = counting?.kind === "once" ? counting.because : null;
  const why =
    because === "browser_preferred" ? "verdicts.once.becausePreferred" : "verdicts.once.becauseFirst";
  return {
    tone: "warning",
    title: { key: differing === "other" ? "verdicts.once.titleDiffers" : "verdicts.once.titleValue" },
    text: [
      { key: "verdicts.once.same" },
      differing === "other"
        ? { key: holds === null ? "verdicts.once.eitherCopy" : `verdicts.once.${holds}Copy` }
        : {
            key: holds === null ? "verdicts.once.eitherValue" : `verdicts.once.${holds}Value`,
            values: { browser: differing.browserValue, server: differing.serverValue },
          },
      ...(holds === null ? [] : [{ key: why } as const]),
    ],
  };
}

/** The server's copy without a browser's. */
function alone({ browser }: JudgedDataset, source: string): Verdict {
  if (!hasBrowserCopy(storedKind(source)) || browser === "no_browser" || browser === "elsewhere")
    return {
      tone: "success",
      title: { key: "verdicts.alone.title" },
      text: [{ key: browser === "elsewhere" ? "verdicts.alone.elsewhere" : "verdicts.alone.noBrowser" }],
    };
  return {
    tone: "success",
    title: { key: "verdicts.recovered.title" },
    text: [
      { key: `verdicts.recovered.${RECOVERED[browser]}` },
      {
        key:
          browser === "silent" || browser === "sent"
            ? "verdicts.recovered.probably"
            : "verdicts.recovered.lost",
      },
    ],
  };
}

const RECOVERED = {
  sent: "silent",
  blocked: "blocked",
  failed: "failed",
  silent: "silent",
  unpaid: "unpaid",
  refused: "refused",
  unanswered: "unanswered",
  no_report: "noReport",
} as const;
