import { z } from "zod";

import { CERTAINTIES, SEVERITIES } from "../../audit/check.ts";
import { TOLD_CHANGES } from "../decide/decide-alerts.ts";

/** A finding as a message keeps it: what was decided on, whatever becomes of the finding later. Nothing of a person. */
const alertFinding = z.object({
  code: z.string(),
  /** ID of its row in `finding_change`, digits. */
  changeId: z.string().regex(/^\d{1,18}$/),
  change: z.enum(TOLD_CHANGES),
  severity: z.enum(SEVERITIES),
  certainty: z.enum(CERTAINTIES).catch("likely"),
  /** First day that shows it, YYYY-MM-DD by the store's calendar. */
  since: z.string().nullable(),
  /** Of the change, unix milliseconds. */
  at: z.number(),
  orders: z.number().nullable(),
  worth: z.array(z.object({ currency: z.string(), amount: z.number() })).catch([]),
  /** What fills the gaps of the check's texts. */
  figures: z.record(z.string(), z.union([z.string(), z.number()])).catch({}),
});
export type AlertFinding = z.infer<typeof alertFinding>;

/** What a message's row holds; an entry that this version does not know is left out. */
export function readAlertFindings(stored: unknown): readonly AlertFinding[] {
  return (Array.isArray(stored) ? stored : []).flatMap((each) => {
    const read = alertFinding.safeParse(each);
    return read.success ? [read.data] : [];
  });
}

/**
 * What of a message is still true: a finding of which a later message tells (it got worse, or came back) is told there, and
 * an older message that is tried again must not contradict it.
 *
 * @param told by code, the change that the channel was told last
 */
export function stillToTell(
  findings: readonly AlertFinding[],
  told: ReadonlyMap<string, bigint | null>,
): readonly AlertFinding[] {
  return findings.filter(({ code, changeId }) => BigInt(changeId) >= (told.get(code) ?? 0n));
}
