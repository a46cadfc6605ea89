import type { CapiEvent } from "../meta/wire-event.ts";

/** Stands in the kept payload for what is not kept: the address and browser of a person, in clear. */
const NOT_KEPT = "(sent, not kept)";

/** The event as it is kept: exactly what was sent, but for the two values that are not hashed and name a person. */
export function keptPayload(event: CapiEvent): CapiEvent {
  const { client_ip_address: ip, client_user_agent: userAgent } = event.user_data;
  return {
    ...event,
    user_data: {
      ...event.user_data,
      ...(ip === undefined ? {} : { client_ip_address: NOT_KEPT }),
      ...(userAgent === undefined ? {} : { client_user_agent: NOT_KEPT }),
    },
  };
}

/** Names of the customer information that went along. */
export function sentKeys(event: CapiEvent): string[] {
  return Object.keys(event.user_data).sort();
}
