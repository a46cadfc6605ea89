import type { CsvWords } from "../quality/stream-events-csv.server.ts";
import { deliveryLabel, errorClass, pairingLabel, skipReason, sourceName } from "./words.ts";

/** The names that the pages use, for the file of the log. */
export const EVENT_CSV_WORDS: CsvWords = {
  source: sourceName,
  pairing: ({ pairing, source, deliveries }) =>
    pairingLabel(
      pairing,
      source,
      deliveries.length > 0 && deliveries.every(({ state }) => state === "skipped"),
    ).text,
  status: (state) => deliveryLabel(state).text,
  skipReason: (reason, consentReason) => skipReason(reason, consentReason).short,
  error: (name) => errorClass(name).short,
};
