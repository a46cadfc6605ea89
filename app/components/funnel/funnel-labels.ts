import type { FunnelOutcome, FunnelState } from "../../quality/funnel-log-filters.ts";
import { sayText } from "../../texts/texts.ts";
import type { Label } from "../frame/words.ts";
import "../../texts/areas/funnel.ts";

const STATES = { waiting: "info", delivered: "success", dead: "critical" } as const;
const OUTCOMES = { sent: "success", blocked: "attention", failed: "attention" } as const;

/** What became of the server copy. */
export function stateLabel(state: FunnelState): Label {
  return { text: sayText({ key: `funnel.state.${state}` }), tone: STATES[state] };
}

/** What became of the browser copy, as the browser says. */
export function outcomeLabel(outcome: FunnelOutcome): Label {
  return { text: sayText({ key: `funnel.outcome.${outcome}` }), tone: OUTCOMES[outcome] };
}
