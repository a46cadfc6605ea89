import { chooseIdentifiers } from "../conversions/customer/choose-identifiers.ts";
import { normaliseIp, normaliseUserAgent, preferIpv6 } from "../conversions/customer/client-details.ts";
import type { Normalised } from "../conversions/clean-text.ts";
import { CUSTOMER_SEGMENTATION, decideCustomerKind } from "../conversions/customer/customer-kind.ts";
import { decideConsent } from "../conversions/consent/decide-consent.ts";
import { decideEventTime } from "../conversions/decide-event-time.ts";
import type { EventTime } from "../conversions/decide-event-time.ts";
import { shopPageUrl } from "../conversions/purchase/event-source-url.ts";
import { newNotes, noteDrop, noteSource, takeOrNote } from "../conversions/mapping-notes.ts";
import type { MappingNotes } from "../conversions/mapping-notes.ts";
import type {
  ConsentDecision,
  Conversion,
  CustomerKind,
  Dropped,
  Provenance,
  SkipReason,
} from "../conversions/model.ts";
import type { StoredReport } from "../conversions/read-stored.ts";
import type { CapiEvent, ServerEvent, ServerEventOutcome } from "./wire-event.ts";
import { withoutFilledGaps } from "../conversions/note-gaps.ts";
import { compact } from "../conversions/read-json.ts";
import { canHaveBrowserReport, storedKind } from "../conversions/order/sale-kinds.ts";

export interface ServerEventOptions {
  /** Unix milliseconds. */
  readonly now: number;
  /** Unix seconds: the time that both copies were given already; its age is still checked. */
  readonly eventTime?: number;
  /** What both copies were given already; null: that it is not known. Absent: decided here. */
  readonly customerKind?: CustomerKind | null;
}

/**
 * The conversion as Meta gets it from the server, or the reason why it gets nothing. Where a browser reported, what
 * it says of itself goes before what the order says of it.
 */
export function buildServerEvent(
  conversion: Conversion,
  report: StoredReport | null,
  options: ServerEventOptions,
): ServerEventOutcome {
  const browser = canHaveBrowserReport(storedKind(conversion.source)) ? report : null;
  const notes = newNotes();
  const skipped = (reason: SkipReason, consent?: ConsentDecision): ServerEventOutcome => ({
    kind: "skipped",
    reason,
    ...(reason === "excluded_by_rule" &&
      conversion.excludedBy !== undefined && { detail: conversion.excludedBy }),
    ...(consent !== undefined && { consent }),
    dropped: allDropped(conversion, notes),
  });

  if (conversion.skip !== undefined) return skipped(conversion.skip);
  const { flags: cart, ...place } = conversion.consent;
  const consent = decideConsent({ ...place, cart, report: browser?.consent ?? null });
  // One reason for the merchant; whether it was refused or never asked stays in the decision.
  if (consent.kind === "skip") return skipped("no_consent", consent);

  const { eventTime: given, now } = options;
  const time = decideEventTime(conversion, { clientTime: browser?.clientTime, given, now });
  if (time.isTooOld) return skipped("too_old", consent);
  noteTime(browser, time.from, notes);

  const userData = buildUserData(conversion, browser, time.eventTime, now, notes);
  if (isThinIdentity(userData)) return skipped("thin_identity", consent);

  const url = readPageUrl(conversion, browser, notes);
  const event: CapiEvent = {
    event_name: conversion.eventName,
    event_time: time.eventTime,
    event_id: conversion.eventId,
    action_source: conversion.actionSource,
    ...(url !== undefined && { event_source_url: url }),
    user_data: userData,
    custom_data: buildCustomData(conversion, browser, options, notes),
    ...(consent.kind === "limit" && {
      data_processing_options: ["LDU"] as const,
      data_processing_options_country: consent.dataProcessing.country,
      data_processing_options_state: consent.dataProcessing.state,
    }),
  };
  return {
    kind: "event",
    event,
    consent,
    provenance: mergeProvenance(conversion, notes),
    dropped: withoutFilledGaps(allDropped(conversion, notes), userData),
  };
}

function buildCustomData(
  conversion: Conversion,
  report: StoredReport | null,
  { customerKind: fixed }: ServerEventOptions,
  notes: MappingNotes,
): CapiEvent["custom_data"] {
  if (conversion.segmentation?.send !== true) return conversion.purchase;
  const decided = decideCustomerKind(conversion, report);
  const kind = fixed === undefined ? decided?.kind : fixed;
  if (kind === undefined || kind === null) return conversion.purchase;
  noteSource(notes, "customer_segmentation", decided?.kind === kind ? decided.from : "pairing");
  return { ...conversion.purchase, customer_segmentation: CUSTOMER_SEGMENTATION[kind] };
}

const TIME_SOURCES = {
  browser: "report.clientTime",
  payment: "order.updated_at (payment)",
  given: "pairing",
} as const;

function noteTime(report: StoredReport | null, from: EventTime["from"], notes: MappingNotes): void {
  if (from !== "order") noteSource(notes, "event_time", TIME_SOURCES[from]);
  if (report?.clientTime !== undefined && (from === "order" || from === "payment")) {
    noteDrop(notes, "event_time", "report.clientTime", "not_credible");
  }
}

function buildUserData(
  conversion: Conversion,
  report: StoredReport | null,
  eventTime: number,
  now: number,
  notes: MappingNotes,
): CapiEvent["user_data"] {
  const read = (key: string, field: keyof StoredReport, raw: string | undefined, normalise: Check) =>
    raw === undefined ? undefined : takeOrNote(normalise(raw), key, `report.${field}`, notes);
  const userAgent = read("client_user_agent", "userAgent", report?.userAgent, normaliseUserAgent);
  const identifiers = chooseIdentifiers(conversion, report, { eventTime, now }, notes);
  const known = {
    client_ip_address: readIp(conversion, report, notes),
    client_user_agent: userAgent ?? conversion.client.userAgent,
    fbc: identifiers.fbc,
    fbp: identifiers.fbp,
  };
  return { ...conversion.customer, ...compact<Partial<Record<keyof typeof known, string>>>(known) };
}

type Check = (raw: string) => Normalised;

/** Both addresses are the buyer's; the one that Meta prefers is sent, and noted as its source. */
function readIp(
  conversion: Conversion,
  report: StoredReport | null,
  notes: MappingNotes,
): string | undefined {
  const reported = report?.ip === undefined ? undefined : normaliseIp(report.ip);
  if (reported?.ok === false) noteDrop(notes, "client_ip_address", "report.ip", reported.reason);
  const candidates = [reported?.ok === true ? reported.value : undefined, conversion.client.ip];
  const ip = preferIpv6(candidates.filter((candidate) => candidate !== undefined));
  if (ip !== undefined && ip !== conversion.client.ip) noteSource(notes, "client_ip_address", "report.ip");
  return ip;
}

function readPageUrl(
  conversion: Conversion,
  report: StoredReport | null,
  notes: MappingNotes,
): string | undefined {
  if (conversion.actionSource !== "website") return undefined;
  const page = report?.pageUrl === undefined ? undefined : shopPageUrl(report.pageUrl);
  if (report?.pageUrl !== undefined && page === undefined)
    noteDrop(notes, "event_source_url", "report.pageUrl", "not_the_shops");
  if (page === undefined) return conversion.eventSourceUrl;
  noteSource(notes, "event_source_url", "report.pageUrl");
  return page;
}

/**
 * Meta refuses an event whose `user_data` holds nothing but one of these sets, or part of one (100/2804050,
 * "best practices", insufficient customer information). `ge` and `db` are in Meta's sets; an order has neither.
 */
const TOO_THIN: readonly ReadonlySet<string>[] = [
  new Set(["ct", "country", "st", "zp", "ge", "client_user_agent"]),
  new Set(["db", "client_user_agent"]),
  new Set(["fn", "ge"]),
  new Set(["ln", "ge"]),
];

/** True where Meta would answer 100/2804050. */
export function isThinIdentity(userData: ServerEvent["user_data"]): boolean {
  const keys = Object.keys(userData);
  return TOO_THIN.some((set) => keys.every((key) => set.has(key)));
}

/** The report's word replaces the order's for the same key. */
function mergeProvenance(conversion: Conversion, notes: MappingNotes): readonly Provenance[] {
  const reported = new Set(notes.provenance.map(({ key }) => key));
  return [...(conversion.provenance ?? []).filter(({ key }) => !reported.has(key)), ...notes.provenance];
}

function allDropped(conversion: Conversion, notes: MappingNotes): readonly Dropped[] {
  return [...conversion.dropped, ...notes.dropped];
}
