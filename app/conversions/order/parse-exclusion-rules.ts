import { z } from "zod";
import { EXCLUSION_TRAITS, LONGEST_VALUE, MOST_RULES, foldRule } from "./exclusion-rules.ts";
import type { ExclusionRule } from "../model.ts";

/** IDs of apps may be written as numbers. */
const asText = (value: unknown) =>
  typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;

const rule = z.strictObject({
  by: z.enum(EXCLUSION_TRAITS),
  value: z.preprocess(
    asText,
    z
      .string("a text, or an app's numeric ID")
      .trim()
      .min(1, "a text that is not empty")
      .max(LONGEST_VALUE, `a text of at most ${LONGEST_VALUE} characters`)
      .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), "a text without control characters"),
  ),
});

/** A merchant's rules as JSON; a rule that comes twice, in whatever case, is kept once. */
export const exclusionRules = z
  .array(rule)
  .max(MOST_RULES, `a list of at most ${MOST_RULES} rules`)
  .transform(distinctRules);

function distinctRules(rules: readonly ExclusionRule[]): ExclusionRule[] {
  const byName = new Map<string, ExclusionRule>();
  for (const each of rules) {
    const key = `${each.by}:${foldRule(each)}`;
    if (!byName.has(key)) byName.set(key, each);
  }
  return [...byName.values()];
}

/** Rules as they are stored. One that this version cannot read leaves nothing out, and takes no other with it. */
export function readStoredRules(stored: unknown): readonly ExclusionRule[] {
  if (!Array.isArray(stored)) return [];
  const rules = stored.flatMap((each) => {
    const parsed = rule.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });
  return distinctRules(rules.slice(0, MOST_RULES));
}
