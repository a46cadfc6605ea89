import type { FireAnswer } from "../../contract/fire-answer.ts";
import { purchaseParameters } from "../../contract/purchase-parameters.ts";
import { VERSION } from "../../contract/version.ts";

const asText = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** Servers on the way take this many characters for sure. The app keeps the products within it; the rest is kept here. */
const LONGEST_HIT = 2000;

/**
 * Address of the hit that makes the browser copy at one dataset, in the form of Meta's image tag (Pixel reference:
 * `id`, `ev`, `eid`, `cd[…]`, `noscript=1`) with the names that the Pixel itself uses for page, time (ms), browser ID,
 * click ID and Limited Data Use. Identifiers and page are those of the answer, so that both copies hold the same; `own`
 * where an older app names none. What makes it too long goes, products first; value, currency, ID and number of items stay.
 */
export function pixelHit(
  trUrl: string,
  dataset: string,
  answer: FireAnswer,
  own: NonNullable<FireAnswer["shared"]>,
): string {
  const { page = own.page ?? "", fbp, fbc } = answer.shared ?? own;
  const hit = new URLSearchParams({
    id: dataset,
    ev: "Purchase",
    eid: answer.eventId,
    dl: page.length > 300 ? page.slice(0, page.indexOf("/", 8) + 1) : page,
    ts: String(answer.eventTime * 1000),
    v: `tandem-${VERSION}`,
    ...(fbp && { fbp }),
    ...(fbc && { fbc }),
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
  const address = () => `${trUrl}?${hit}`;
  for (const name of ["cd[contents]", "cd[content_ids]", "dl"])
    if (address().length > LONGEST_HIT) hit.delete(name);
  return address();
}
