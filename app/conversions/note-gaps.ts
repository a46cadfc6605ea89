import type { DropReason } from "./clean-text.ts";
import { noteDrop } from "./mapping-notes.ts";
import type { MappingNotes } from "./mapping-notes.ts";
import type { Conversion, Dropped } from "./model.ts";
import type { OrderFacts, UntoldFact } from "./order/order-facts.ts";

const USER_AGENT: UntoldFact = { key: "client_user_agent", from: "order.client_details.user_agent" };

/** The reasons of what was not there to be read; anything else that was left out was read and not usable. */
const GAPS: readonly string[] = ["not_in_admin_api", "not_in_order"] satisfies DropReason[];

/**
 * Names what this conversion lacks because of the way its order came: what the Admin API does not tell, and the user agent
 * that Meta asks for on website events (docs/decisions/0661). A key that was found elsewhere is no gap, nor is one that has
 * its own reason already.
 */
export function noteGaps(
  order: OrderFacts,
  made: Pick<Conversion, "actionSource" | "client" | "customer" | "fbc">,
  notes: MappingNotes,
): void {
  const isWebsite = made.actionSource === "website";
  const present: Readonly<Record<string, boolean>> = {
    client_user_agent: !isWebsite || made.client.userAgent !== undefined,
    fbc: !isWebsite || made.fbc !== undefined,
    em: made.customer.em !== undefined,
  };
  const untold = order.untold ?? [];
  const lacks = ({ key }: UntoldFact) =>
    present[key] !== true && !notes.dropped.some((dropped) => dropped.key === key);
  for (const fact of untold.filter(lacks)) noteDrop(notes, fact.key, fact.from, "not_in_admin_api");
  if (lacks(USER_AGENT)) noteDrop(notes, USER_AGENT.key, USER_AGENT.from, "not_in_order");
}

/** Without the gaps that somebody else, such as the buyer's browser, has filled since. */
export function withoutFilledGaps(dropped: readonly Dropped[], sent: object): readonly Dropped[] {
  return dropped.filter(({ key, reason }) => !(GAPS.includes(reason) && key in sent));
}

/** Whether this was not told by the way in which the order came. */
export function isUntold(dropped: Dropped): boolean {
  return dropped.reason === "not_in_admin_api";
}
