import type { FireAnswer } from "../../contract/fire-answer.ts";
import { purchaseParameters } from "../../contract/purchase-parameters.ts";
import { VERSION } from "../../contract/version.ts";
import type { ClickIdentifiers } from "./click-identifiers.ts";

const asText = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));

/**
 * Address of the hit that makes the browser copy at one dataset, in the form of Meta's image tag (Pixel reference:
 * `id`, `ev`, `eid`, `cd[…]`, `noscript=1`) with the names that the Pixel itself uses for page, time (ms), browser ID,
 * click ID and Limited Data Use.
 */
export function pixelHit(
  trUrl: string,
  dataset: string,
  answer: FireAnswer,
  page: string,
  identifiers: ClickIdentifiers,
): string {
  const hit = new URLSearchParams({
    id: dataset,
    ev: "Purchase",
    eid: answer.eventId,
    dl: page,
    ts: String(answer.eventTime * 1000),
    v: `tandem-${VERSION}`,
    ...identifiers,
    noscript: "1",
  });
  for (const [name, value] of Object.entries(purchaseParameters(answer))) {
    hit.set(`cd[${name}]`, asText(value));
  }
  if (answer.limit) {
    hit.set("dpo", "LDU");
    hit.set("dpoco", String(answer.limit.country));
    hit.set("dpost", String(answer.limit.state));
  }
  return `${trUrl}?${hit}`;
}
