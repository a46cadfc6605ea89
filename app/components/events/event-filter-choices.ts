import { SALE_KINDS } from "../../conversions/order/sale-kinds.ts";
import { SHOWN_PAIRINGS } from "../../conversions/shown-pairing.ts";
import { CONSENT_REASONS, ERROR_REASONS, EVENT_STATUSES } from "../../quality/event-filters.ts";
import { sayText } from "../../texts/texts.ts";
import { pairingLabel, sourceName } from "../frame/words.ts";
import { errorClass, SKIP_REASON_NAMES, skipReason } from "../../texts/say-reason.ts";
import "../../texts/areas/events.ts";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The words of the log's filters: those of its columns. Asked for by each page that is drawn, in its language. */
export const statusChoices = (): readonly Choice[] =>
  EVENT_STATUSES.map((value) => ({
    value,
    label: sayText({ key: `events.status.${value}` }),
  }));

export const pairingChoices = (): readonly Choice[] =>
  SHOWN_PAIRINGS.map((value) => ({
    value,
    label: pairingLabel(value).text,
  }));

export const sourceChoices = (): readonly Choice[] =>
  SALE_KINDS.map((value) => ({
    value,
    label: sourceName(value),
  }));

export const skipChoices = (): readonly Choice[] =>
  SKIP_REASON_NAMES.flatMap((value) => [
    { value, label: skipReason(value).short },
    ...(value === "no_consent"
      ? CONSENT_REASONS.map((each) => ({
          value: each,
          label: skipReason(value, each === "consent_missing" ? value : each).short,
        }))
      : []),
  ]);

export const errorChoices = (): readonly Choice[] =>
  ERROR_REASONS.map((value) => ({
    value,
    label: errorClass(value).short,
  }));
