import type { CsvWords } from "../../quality/stream-events-csv.server.ts";
import { deliveryLabel, pairingLabel, sourceName } from "../frame/words.ts";
import { errorClass, skipReason } from "../../texts/say-reason.ts";

/** The names that the pages use, for the file of the log. */
export const EVENT_CSV_WORDS: CsvWords = {
  source: sourceName,
  pairing: (pairing) => pairingLabel(pairing).text,
  status: (state) => deliveryLabel(state).text,
  skipReason: (reason, consentReason) => skipReason(reason, consentReason).short,
  error: (name) => errorClass(name).short,
};
