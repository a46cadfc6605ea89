import type { FireAnswer } from "../../contract/fire-answer.ts";
import { purchaseParameters } from "../../contract/purchase-parameters.ts";
import { hitAddress } from "./hit-address.ts";

/**
 * Address of the hit that makes the browser copy of a Purchase. Identifiers and page are those of the answer, so that both
 * copies hold the same; `own` where an older app names none. The app keeps the products within the longest address.
 */
export function pixelHit(
  trUrl: string,
  dataset: string,
  answer: FireAnswer,
  own: NonNullable<FireAnswer["shared"]>,
): string {
  const { page = own.page ?? "", fbp, fbc } = answer.shared ?? own;
  return hitAddress(trUrl, dataset, {
    name: "Purchase",
    id: answer.eventId,
    time: answer.eventTime * 1000,
    page,
    fbp,
    fbc,
    parameters: purchaseParameters(answer),
    limit: answer.limit,
  });
}
