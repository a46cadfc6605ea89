import type { KnownVisitor } from "../../contract/funnel-report.ts";
import { VERSION } from "../../contract/version.ts";

/** One browser copy. Absent values are absent, never null or "". */
export interface Hit {
  /** Meta's name of the event. */
  readonly name: string;
  readonly id: string;
  /** Unix milliseconds. */
  readonly time: number;
  /** Public part of the page's address; "" where it has none. */
  readonly page: string;
  readonly fbp?: string | undefined;
  readonly fbc?: string | undefined;
  /** By Meta's names. */
  readonly parameters: object;
  /** Hashed customer information. */
  readonly known?: KnownVisitor | undefined;
  /** Limited Data Use: Meta's country and state codes. */
  readonly limit?: { readonly country: number; readonly state: number } | undefined;
}

/** Servers on the way take this many characters for sure. */
export const LONGEST_HIT = 2000;

const asText = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));

/**
 * Address of the hit that makes the browser copy at one dataset, in the form of Meta's image tag (Pixel reference:
 * `id`, `ev`, `eid`, `cd[…]`, `ud[…]`, `noscript=1`) with the names that the Pixel itself uses for page, time (ms),
 * browser ID, click ID and Limited Data Use. What makes it too long goes, products first; value, currency, ID, number of
 * items and customer information stay.
 *
 * @param longest characters
 */
export function hitAddress(trUrl: string, dataset: string, hit: Hit, longest = LONGEST_HIT): string {
  const { page, fbp, fbc, limit } = hit;
  const query = new URLSearchParams({
    id: dataset,
    ev: hit.name,
    eid: hit.id,
    dl: page.length > 300 ? page.slice(0, page.indexOf("/", 8) + 1) : page,
    ts: String(hit.time),
    v: `tandem-${VERSION}`,
    ...(fbp && { fbp }),
    ...(fbc && { fbc }),
    noscript: "1",
  });
  for (const [name, value] of Object.entries(hit.parameters)) query.set(`cd[${name}]`, asText(value));
  for (const [name, value] of Object.entries(hit.known ?? {})) query.set(`ud[${name}]`, value);
  if (limit) {
    query.set("dpo", "LDU");
    query.set("dpoco", String(limit.country));
    query.set("dpost", String(limit.state));
  }
  const address = () => `${trUrl}?${query}`;
  for (const name of ["cd[contents]", "cd[content_ids]", "dl"])
    if (address().length > longest) query.delete(name);
  return address();
}
