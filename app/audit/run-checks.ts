import type { CheckCode, Check, Verdict } from "./check.ts";
import { CHECKS } from "./checks/registry.ts";
import type { AuditFacts } from "./facts/audit-facts.ts";

/**
 * Every check's answer. Pure.
 * @param open codes of the findings that stand
 */
export function runChecks(
  facts: AuditFacts,
  open: ReadonlySet<string>,
  checks: readonly Check[] = CHECKS,
): ReadonlyMap<CheckCode, Verdict> {
  return new Map(checks.map((check) => [check.code, check.judge(facts, open.has(check.code))]));
}
