/** Which Graph API versions answer (meta.md 1.1). */

/** Last day of each version (UTC); `null` while Meta has not named one. v22 and v23 end between v21 and v24. */
const LAST_DAY: Readonly<Record<string, string | null>> = {
  "v20.0": "2026-09-24",
  "v21.0": "2027-01-21",
  "v22.0": "2027-01-21",
  "v23.0": "2027-01-21",
  "v24.0": "2028-02-18",
  "v25.0": "2028-07-29",
  "v26.0": null,
};

export const CURRENT_VERSION = "v26.0";

const VERSION = /^v(\d{1,3})\.(\d)$/;

export type VersionVerdict = "current" | "supported" | "expired" | "unknown" | "absent";

/** `segment` is the first part of the path, such as "v26.0"; anything that is no version counts as absent. */
export function judgeVersion(segment: string, now: number): VersionVerdict {
  const match = VERSION.exec(segment);
  if (match === null) return "absent";
  if (segment === CURRENT_VERSION) return "current";
  const lastDay = LAST_DAY[segment];
  if (lastDay === undefined) return Number(match[1]) < 20 ? "expired" : "unknown";
  if (lastDay === null) return "supported";
  return now < Date.parse(`${lastDay}T00:00:00Z`) + 86_400_000 ? "supported" : "expired";
}
