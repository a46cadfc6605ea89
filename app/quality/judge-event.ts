/** What became of one purchase, in plain language, and whether anybody has to do something. */
export interface Verdict {
  readonly tone: "success" | "info" | "warning" | "critical";
  readonly title: string;
  readonly text: string;
}

export interface JudgedEvent {
  readonly pairing: string;
  readonly source: string;
  /** Shown states of its deliveries. */
  readonly states: readonly string[];
  readonly skipReasons: readonly string[];
  readonly browserOutcome: string | null;
  /** Its attempts are still on record, and with them Meta’s answers. */
  readonly hasAttempts: boolean;
}

const REASON = {
  kept: "The reason is in the timeline; where it can be mended in time, send it again.",
  gone: "What Meta answered is no longer kept.",
};

/** Pure; the first rule that fits. */
export function judgeEvent(event: JudgedEvent): Verdict {
  const has = (state: string) => event.states.includes(state);
  const reason = event.hasAttempts ? "kept" : "gone";
  if (event.states.length === 0)
    return {
      tone: "info",
      title: "Not sent: no dataset was connected",
      text: "The order was taken in, but there was no dataset to send it to. Orders from now on go to the datasets that are connected.",
    };
  if (event.pairing === "mismatched")
    return {
      tone: "critical",
      title: "May be counted twice",
      text: "Both copies reached Meta, but they differ. Meta keeps one of two copies only when name and event ID are the same; the rows that differ are marked below.",
    };
  // Consent is the buyer's and holds for every dataset: what still waits for one will not be sent either.
  if (event.skipReasons.includes("no_consent") && !has("delivered"))
    return { tone: "info", title: "Left out on purpose", text: "" };
  if (has("dead"))
    return {
      tone: "critical",
      title: "The server copy did not reach Meta",
      text:
        event.browserOutcome === "fired"
          ? `The browser’s copy was sent, so the sale is probably counted once, but with less customer information. ${REASON[reason]}`
          : `Neither copy is known to have arrived, so this sale is probably not counted. ${REASON[reason]}`,
    };
  if (has("held"))
    return {
      tone: "warning",
      title: "Held until the dataset works again",
      text: "Meta does not take events for this dataset at present. The event is kept and sent when the access token is replaced or the dataset works again.",
    };
  if (has("paused"))
    return {
      tone: "warning",
      title: "Kept while the dataset is paused",
      text: "It is sent when you resume the dataset, as long as Meta still takes it: 7 days after the sale.",
    };
  if (has("retrying"))
    return {
      tone: "info",
      title: "Not there yet: tried again by itself",
      text: "The last request failed in a way that passes. Every try carries the same event ID, so it cannot be counted twice.",
    };
  if (has("waiting") || has("due") || has("leased"))
    return {
      tone: "info",
      title: "On its way",
      text: has("waiting")
        ? "The server copy waits a moment for what only the browser knows, then goes with what is there."
        : "The server copy is queued and leaves within seconds.",
    };
  if (has("delivered"))
    switch (event.pairing) {
      case "paired":
        return {
          tone: "success",
          title: "Counted once",
          text: "Both copies reached Meta with the same name and event ID. Meta keeps the first of the two and drops the other.",
        };
      case "browser_only":
        return {
          tone: "warning",
          title: "Counted once, from the browser",
          text: "Only the browser’s copy is known to count.",
        };
      case "pending":
        return {
          tone: "success",
          title: "Sent by the server",
          text: "Meta accepted the server copy. Whether the browser’s copy comes is not known yet.",
        };
      default:
        return event.source === "web"
          ? {
              tone: "success",
              title: "Recovered: counted once, from the server",
              text: "No browser copy came: an ad blocker, a closed page or a late payment. The browser alone would have lost this sale.",
            }
          : {
              tone: "success",
              title: "Counted once, from the server",
              text: "Such an order has no buyer’s browser, so the server’s copy is the only one.",
            };
    }
  return {
    tone: "info",
    title: "Left out on purpose",
    text: event.skipReasons.length > 0 ? "" : "It was not sent, and will not be.",
  };
}
