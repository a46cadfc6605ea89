/** What must be so before both copies of a purchase flow; each is checked by the app, never ticked by hand. */
export type SetupStep = "dataset" | "embed" | "pixel" | "alwaysOn" | "purchase" | "pair";

export interface SetupEvidence {
  readonly datasets: readonly {
    readonly state: string;
    readonly hasToken: boolean;
    readonly held: boolean;
    readonly checkResult: string | null;
  }[];
  /** When the storefront's embed last reported, Unix milliseconds. */
  readonly lastHeartbeat: number | null;
  readonly webPixelState: string | null;
  /** Whether Shopify lets the web pixel send at all times, as far as a witness told; null = nobody did. */
  readonly alwaysOn: boolean | null;
  /** An order, or a test purchase that Meta accepted. */
  readonly purchaseSeen: boolean;
  readonly pairSeen: boolean;
  readonly now: number;
}

export interface SetupState {
  readonly step: SetupStep;
  readonly done: boolean;
}

/** A storefront that nobody visited for this long says nothing any more. */
export const HEARTBEAT_LIFE_MS = 7 * 86_400_000;

/** Results of a check of the token that are no verdict on it: Meta could not be asked. */
const NO_VERDICT = ["throttled", "unreachable"];

/** `told`: Shopify's own word. `page`: that of the pages' list, where it is believed. The former decides. */
export function isAlwaysOn(told: string | null, page: string | null): boolean | null {
  if (told !== null) return told === "ALWAYS_ON";
  return page === "unrestricted" ? true : page === "optimized" ? false : null;
}

/** The guide, in the order in which a merchant does it. What no witness speaks of is neither done nor to do: it is no step. */
export function setupSteps(evidence: SetupEvidence): readonly SetupState[] {
  const works = (dataset: SetupEvidence["datasets"][number]) =>
    dataset.hasToken &&
    !dataset.held &&
    dataset.state !== "disconnected" &&
    (dataset.checkResult === null ||
      dataset.checkResult === "ok" ||
      NO_VERDICT.includes(dataset.checkResult));
  const reports =
    evidence.lastHeartbeat !== null && evidence.now - evidence.lastHeartbeat < HEARTBEAT_LIFE_MS;
  return [
    { step: "dataset", done: evidence.datasets.some(works) },
    { step: "embed", done: reports },
    { step: "pixel", done: evidence.webPixelState === "connected" },
    ...(evidence.alwaysOn === null ? [] : [{ step: "alwaysOn" as const, done: evidence.alwaysOn }]),
    { step: "purchase", done: evidence.purchaseSeen },
    { step: "pair", done: evidence.pairSeen },
  ];
}
