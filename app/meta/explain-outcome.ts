import type {
  BrowserReport,
  ConsentDecision,
  Conversion,
  Dropped,
  Provenance,
} from "../conversions/model.ts";
import type { CapiEvent, ServerEventOutcome } from "./wire-event.ts";

export interface Explanation {
  readonly event?: unknown;
  readonly skipped?: string;
  /** The merchant's rule that left the order out. */
  readonly rule?: string;
  readonly explain: {
    /** For each key of the event, or of the one that was skipped, the places it came from. */
    readonly keys: Readonly<Record<string, string>>;
    readonly dropped: readonly Dropped[];
    readonly consent: ConsentDecision | null;
    readonly consentPolicy: string;
    readonly source: string;
    /** null = no report was given. */
    readonly report: { readonly matchesOrder: boolean } | null;
  };
}

/**
 * An outcome for people: where each key came from, what was dropped and why. The buyer's IP address and user agent,
 * the only raw personal values of an event, are named but not shown.
 */
export function explainOutcome(
  conversion: Conversion,
  outcome: ServerEventOutcome,
  report: BrowserReport | null,
): Explanation {
  return {
    ...(outcome.kind === "event" ? { event: maskClient(outcome.event) } : skippedBecause(outcome)),
    explain: {
      keys: listSources(outcome.kind === "event" ? outcome.provenance : (conversion.provenance ?? [])),
      dropped: outcome.dropped,
      consent: outcome.consent ?? null,
      consentPolicy: conversion.consent.policy,
      source: `${conversion.source} (${conversion.actionSource})`,
      report: report && { matchesOrder: matchesOrder(conversion, report) },
    },
  };
}

/** Why nothing is sent; with the merchant's rule, where one left the order out. */
export function skippedBecause({
  reason,
  detail,
}: Extract<ServerEventOutcome, { readonly kind: "skipped" }>): {
  readonly skipped: string;
  readonly rule?: string;
} {
  return { skipped: reason, ...(reason === "excluded_by_rule" && detail !== undefined && { rule: detail }) };
}

function maskClient(event: CapiEvent): unknown {
  const { client_ip_address: ip, client_user_agent: userAgent } = event.user_data;
  return {
    ...event,
    user_data: {
      ...event.user_data,
      ...(ip !== undefined && {
        client_ip_address: ip.includes(":") ? "(an IPv6 address)" : "(an IPv4 address)",
      }),
      ...(userAgent !== undefined && { client_user_agent: "(a user agent)" }),
    },
  };
}

function listSources(provenance: readonly Provenance[]): Record<string, string> {
  const places = new Map<string, string[]>();
  for (const { key, from } of provenance) places.set(key, [...(places.get(key) ?? []), from]);
  return Object.fromEntries([...places].map(([key, from]) => [key, from.join(", ")]));
}

/** The same rule as pairing: order ID, where the browser knew it, and checkout token. */
function matchesOrder(conversion: Conversion, report: BrowserReport): boolean {
  const sameOrder = report.orderId === undefined || report.orderId === conversion.orderId;
  return sameOrder && report.checkoutToken === conversion.checkoutToken;
}
