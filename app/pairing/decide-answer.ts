import { chooseIdentifiers } from "../conversions/customer/choose-identifiers.ts";
import { decideConsent } from "../conversions/consent/decide-consent.ts";
import { CUSTOMER_SEGMENTATION } from "../conversions/customer/customer-kind.ts";
import { shopPageUrl } from "../conversions/purchase/event-source-url.ts";
import type {
  BrowserReport,
  ConsentFlags,
  Conversion,
  CustomerKind,
  CustomerSegmentation,
} from "../conversions/model.ts";
import { fitContents, type Shortening } from "./fit-contents.ts";

/** Why a browser does not fire; the words of the contract with the pixel. */
export type Refusal =
  "awaiting_payment" | "no_consent" | "test_order" | "unknown_order" | "paused" | "already_reported";

/** What the browser is told to send: the stored conversion's own figures, so that both copies agree to the cent. */
export interface FireCopy {
  readonly eventId: string;
  /** Unix seconds. */
  readonly eventTime: number;
  readonly value: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly orderId: string;
  readonly contents?: readonly object[];
  readonly contentIds?: readonly string[];
  readonly contentType?: string;
  readonly numItems?: number;
  /** Meta's name for a new or a returning customer; a list of one, as the Pixel takes it. */
  readonly customerSegmentation?: readonly [CustomerSegmentation];
  /** Meta's IDs of the active datasets. */
  readonly datasets: readonly string[];
  /** Meta's Limited Data Use codes. */
  readonly limit?: { readonly country: number; readonly state: number };
  /** What the browser's copy lacks of the server's, so that its hit stays short; absent = nothing. */
  readonly shortened?: Shortening;
}

/** What a browser learns beside the copy, and the record of the copy does not keep. */
export interface SharedTraces {
  readonly fbp?: string;
  readonly fbc?: string;
  /** The page of the server copy. */
  readonly page?: string;
}

export type Answer =
  | {
      readonly kind: "fire";
      readonly copy: FireCopy;
      /** The identifiers and the page of the server copy, as far as they are known now. */
      readonly shared: SharedTraces;
      /** Granted before: the same word again. */ readonly again: boolean;
    }
  | { readonly kind: "refuse"; readonly reason: Refusal };

/** An order that is paid and stored, and whose asker has proved to be its buyer's browser. */
export interface PaidOrder {
  readonly conversion: Pick<
    Conversion,
    | "eventId"
    | "purchase"
    | "consent"
    | "segmentation"
    | "skip"
    | "fbp"
    | "fbc"
    | "eventTime"
    | "eventSourceUrl"
    | "source"
    | "provenance"
  >;
  /** Unix milliseconds: the one time of both copies. */
  readonly eventTime: number;
  /** As both copies have it; null: not known. */
  readonly customerKind: CustomerKind | null;
  /** Unix milliseconds. */
  readonly paidAt: number;
  /** Unix milliseconds of the first server copy that left; null = none yet. */
  readonly firstSentAt: number | null;
  /** Active datasets that this conversion goes to. */
  readonly datasets: readonly string[];
  /** The permission to fire that was given already. */
  readonly granted: {
    readonly reportId: bigint;
    readonly to: string | null;
    /** Unix milliseconds. */
    readonly at: number;
    readonly copy: FireCopy | null;
    readonly outcome: string | null;
  } | null;
}

export interface Asker {
  readonly reportId: bigint;
  readonly consent: ConsentFlags;
  /** What the browser says of itself. */
  readonly report?: Pick<BrowserReport, "fbp" | "fbc" | "pageUrl">;
  /** Shopify's ID of the event; the pixel's retry carries the same one. */
  readonly shopifyEventId: string | undefined;
}

/** Meta pairs two copies for 48 hours after the first; an hour less leaves room for clocks. Milliseconds. */
export const PAIRABLE_MS = 47 * 3_600_000;

/** The pixel waits 12 s, pauses 1 s and asks once more for 12 s: within this a repeated question is its retry. */
const RETRY_MS = 60_000;

/**
 * May this browser fire its copy? Pure. Consent is decided by the same function as for the server copy.
 *
 * A word once given is given again only to the same event within a minute while nothing was reported back
 * (docs/decisions/0301): the pixel fires at most once for an event by itself, and its first answer may have been lost.
 * Another browser, or this one later, may only follow where the first said that nothing left.
 *
 * @param now Unix milliseconds
 */
export function decideAnswer(order: PaidOrder, asker: Asker, now: number): Answer {
  const { conversion, granted } = order;
  if (conversion.skip === "test_order") return refuse("test_order");
  if (conversion.skip !== undefined || order.datasets.length === 0) return refuse("paused");
  const { flags: cart, ...place } = conversion.consent;
  const consent = decideConsent({ ...place, cart, report: asker.consent });
  if (consent.kind === "skip") return refuse("no_consent");
  if (now - Math.min(order.paidAt, order.firstSentAt ?? Infinity) > PAIRABLE_MS)
    return refuse("already_reported");
  if (granted && !isOver(granted.outcome)) {
    const isRetry =
      granted.outcome === null &&
      granted.reportId === asker.reportId &&
      granted.to === (asker.shopifyEventId ?? null) &&
      now - granted.at <= RETRY_MS;
    return isRetry && granted.copy
      ? {
          kind: "fire",
          copy: granted.copy,
          shared: shareTraces(conversion, asker, granted.copy.eventTime, now),
          again: true,
        }
      : refuse("already_reported");
  }
  const { purchase } = conversion;
  const eventTime = Math.floor(order.eventTime / 1000);
  const shared = shareTraces(conversion, asker, eventTime, now);
  const { contents, contentIds, shortened } = fitContents(purchase, conversion.eventId, shared);
  return {
    kind: "fire",
    again: false,
    shared,
    copy: {
      eventId: conversion.eventId,
      eventTime,
      value: purchase.value,
      currency: purchase.currency,
      orderId: purchase.order_id,
      ...(contents ? { contents } : {}),
      ...(contentIds ? { contentIds } : {}),
      ...(purchase.content_type ? { contentType: purchase.content_type } : {}),
      ...(purchase.num_items === undefined ? {} : { numItems: purchase.num_items }),
      ...(conversion.segmentation?.send === true && order.customerKind !== null
        ? { customerSegmentation: [CUSTOMER_SEGMENTATION[order.customerKind]] as const }
        : {}),
      datasets: order.datasets,
      ...(consent.kind === "limit" ? { limit: consent.dataProcessing } : {}),
      ...(shortened ? { shortened } : {}),
    },
  };
}

function shareTraces(
  conversion: PaidOrder["conversion"],
  { report }: Asker,
  eventTime: number,
  now: number,
): SharedTraces {
  const page = report?.pageUrl === undefined ? undefined : shopPageUrl(report.pageUrl);
  const url = page ?? conversion.eventSourceUrl;
  return {
    ...chooseIdentifiers(conversion, report ?? null, { eventTime, now }),
    ...(url !== undefined && { page: url }),
  };
}

/** The browser said that its copy did not leave, so another may try. */
function isOver(outcome: string | null): boolean {
  return outcome === "blocked" || outcome === "failed";
}

function refuse(reason: Refusal): Answer {
  return { kind: "refuse", reason };
}
