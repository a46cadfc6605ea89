import { VISITOR_KEYS } from "../../extensions/contract/funnel-report.ts";
import { decideConsent } from "../conversions/consent/decide-consent.ts";
import { chooseClick } from "../conversions/customer/choose-click.ts";
import { readBrowserId } from "../conversions/customer/click-ids.ts";
import { normaliseIp, normaliseUserAgent } from "../conversions/customer/client-details.ts";
import { readHash } from "../conversions/customer/hash-value.ts";
import { newNotes } from "../conversions/mapping-notes.ts";
import type { ConsentFlags, Hashed } from "../conversions/model.ts";
import { shopPageUrl } from "../conversions/purchase/event-source-url.ts";
import { compact } from "../conversions/read-json.ts";
import type { Normalised } from "../conversions/clean-text.ts";
import type { ServerEvent } from "../meta/wire-event.ts";
import type { FunnelEventReport, FunnelVisitor } from "./read-funnel-report.ts";

/** What the server itself saw of the request. */
export interface FunnelClient {
  readonly ip: string;
  readonly userAgent: string | undefined;
}

/**
 * The server copy of a reported event: what the browser sent, checked by the rules that a Purchase's customer information
 * is checked by, with the address that the request came from.
 *
 * @param times `at` is the event's, both Unix milliseconds
 */
export function buildFunnelEvent(
  event: FunnelEventReport,
  client: FunnelClient,
  consent: ConsentFlags,
  times: { readonly at: number; readonly now: number },
): ServerEvent {
  const page = event.page === undefined ? undefined : shopPageUrl(event.page);
  return {
    event_name: event.declaration.name,
    event_time: Math.floor(times.at / 1000),
    event_id: event.id,
    action_source: "website",
    ...(page !== undefined && { event_source_url: page }),
    user_data: {
      ...hashesOf(event.visitor),
      ...compact({
        client_ip_address: valueOf(normaliseIp(client.ip)),
        client_user_agent:
          client.userAgent === undefined ? undefined : valueOf(normaliseUserAgent(client.userAgent)),
        ...identifiersOf(event.visitor, times),
      }),
    },
    custom_data: event.parameters,
    ...limitOf(consent),
  };
}

/** A refused sale of data as Meta's Limited Data Use. Nothing tells the buyer's country: Meta is left to find it. */
function limitOf(consent: ConsentFlags) {
  const decision = decideConsent({ policy: "strict", cart: {}, report: consent });
  if (decision.kind !== "limit") return {};
  return {
    data_processing_options: ["LDU"] as const,
    data_processing_options_country: decision.dataProcessing.country,
    data_processing_options_state: decision.dataProcessing.state,
  };
}

function hashesOf({ known = {} }: FunnelVisitor): ServerEvent["user_data"] {
  const entries = VISITOR_KEYS.flatMap((key): [string, readonly Hashed[]][] => {
    const hash = known[key] === undefined ? undefined : readHash(known[key]);
    return hash === undefined ? [] : [[key, [hash]]];
  });
  return Object.fromEntries(entries);
}

function identifiersOf(
  { fbp, fbc }: FunnelVisitor,
  { at, now }: { readonly at: number; readonly now: number },
): { fbp: string | undefined; fbc: string | undefined } {
  const candidates = fbc === undefined ? [] : [{ from: "report.fbc", form: "fbc", raw: fbc } as const];
  const click = chooseClick(candidates, { order: at, event: at, firstSeen: at, now }, newNotes());
  return { fbp: fbp === undefined ? undefined : valueOf(readBrowserId(fbp, now)), fbc: click?.fbc };
}

function valueOf(normalised: Normalised): string | undefined {
  return normalised.ok ? normalised.value : undefined;
}
