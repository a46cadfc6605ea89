import type { Request, Response } from "express";
import { setTimeout as wait } from "node:timers/promises";

import { faultAnswer, processesFirst } from "../faults/fault-answer.ts";
import type { FaultDecision } from "../faults/fault.ts";
import type { Answer } from "./answer.ts";
import { readFields, type BodyVerdict } from "./read-body.ts";

/**
 * One request as the faults have it: the wait, then the honest answer, then what the fault makes of it.
 *
 * @param read gets the body of every request that is read at all, and returns how it is answered honestly
 */
export async function answerUnderFaults(
  request: Request,
  response: Response,
  decision: FaultDecision,
  traceId: string,
  read: (body: BodyVerdict) => () => Answer,
): Promise<Answer | "reset" | "silence"> {
  const { fault } = decision;
  if (decision.delayMs > 0) await wait(decision.delayMs, undefined, { ref: false });
  if (fault?.kind === "down" || (fault?.kind === "reset" && fault.when === "before")) return "reset";
  const answerHonestly = read(await readFields(request, response));
  if (fault === undefined) return answerHonestly();
  return faultAnswer(fault, processesFirst(fault) ? answerHonestly() : undefined, traceId);
}
