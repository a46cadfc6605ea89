/**
 * What agencies check and Tandem cannot: it needs the ad account, or other platforms. Named on the page, so that nobody takes
 * silence for an answer. Texts: `audit.untested`.
 */
export const UNTESTED = [
  "domainVerification",
  "eventPriorities",
  "attributionWindows",
  "adAccountStructure",
  "utm",
  "otherPlatforms",
] as const;
export type Untested = (typeof UNTESTED)[number];
