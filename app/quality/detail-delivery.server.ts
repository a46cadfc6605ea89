import type { Attempt, BrowserReport, Conversion, Dataset, Delivery, DeliveryAttempt } from "@prisma/client";

import { storedKind } from "../conversions/order/sale-kinds.ts";
import { shownState, type DeliveryState } from "../delivery/delivery-state.ts";
import { GRAPH_VERSION } from "../meta/version.ts";
import { countAtMeta, type Counting } from "../pairing/count-at-meta.ts";
import { isMeantFor } from "../pairing/dataset-copies.ts";
import type { Pairing } from "../pairing/decide-pairing.ts";
import { countryName } from "../texts/country-name.server.ts";
import { findFire, pairAtDataset, readPairing } from "./dataset-pairing.ts";
import { browserStory, consentFacts } from "./event-facts.ts";
import type { Skip } from "./explain-skip.ts";
import type { BrowserStory } from "./judge-event.ts";
import { writeCurl } from "./write-curl.ts";

export interface DetailDelivery {
  readonly id: string;
  readonly dataset: string;
  readonly datasetId: string;
  readonly state: string;
  readonly skip: Skip | null;
  /** Of this dataset. */
  readonly pairing: Pairing;
  readonly counting: Counting | null;
  readonly browser: BrowserStory;
  readonly mayHaveArrived: boolean;
  /** What the last attempt ended with, where it failed; without its words once they are erased. */
  readonly answer: LastAnswer | null;
  readonly attempts: number;
  /** How many kinds of customer information went along; null = nothing was sent. */
  readonly details: number | null;
  readonly nextAt: number | null;
  /** The event as it was sent, hashes and all; null before the first attempt and after the retention time. */
  readonly payload: object | null;
  readonly curl: string | null;
  /** Whether a person may ask for it again. */
  readonly canRetry: boolean;
  /** Unix milliseconds; past it Meta refuses the event. */
  readonly expiresAt: number;
}

export interface LastAnswer {
  readonly class: string;
  readonly message: string | null;
  /** "100/2804019" */
  readonly code: string | null;
  /** Null: Meta did not answer, and the message is ours. */
  readonly httpStatus: number | null;
}

export type DetailRow = Delivery & {
  readonly dataset: Dataset;
  readonly tries: readonly (DeliveryAttempt & { readonly attempt: Attempt })[];
};

/** What the page of an event tells of one dataset. */
export function detailDelivery(
  delivery: DetailRow,
  conversion: Conversion,
  reports: readonly BrowserReport[],
  input: { readonly graphUrl: string; readonly now: number },
): DetailDelivery {
  const state = shownState(delivery.state as DeliveryState, delivery.dataset);
  const planned = state === "waiting" || state === "due" || state === "retrying";
  const payload = isObject(delivery.sentPayload) ? delivery.sentPayload : null;
  const { datasetId } = delivery.dataset;
  return {
    id: String(delivery.id),
    dataset: delivery.dataset.name ?? datasetId,
    datasetId,
    state,
    skip: skipOf(delivery, conversion, reports),
    ...bothCopies(delivery, conversion, reports),
    mayHaveArrived: delivery.firstSentAt !== null,
    answer: answerOf(delivery),
    attempts: delivery.attempts,
    details: delivery.sentKeys.length > 0 ? delivery.sentKeys.length : null,
    nextAt: planned ? delivery.dueAt.getTime() : null,
    payload,
    curl: payload && writeCurl(input.graphUrl, GRAPH_VERSION, datasetId, payload),
    canRetry:
      ["dead", "retrying", "held"].includes(delivery.state) && delivery.expiresAt.getTime() > input.now,
    expiresAt: delivery.expiresAt.getTime(),
  };
}

function bothCopies(delivery: DetailRow, conversion: Conversion, reports: readonly BrowserReport[]) {
  const fire = findFire(conversion, reports);
  const { datasetId } = delivery.dataset;
  const { pairing, copies } = pairAtDataset(conversion, fire, delivery);
  const told = fire === null ? "no" : isMeantFor(fire.copy, datasetId) ? "here" : "elsewhere";
  const wereBothSent = fire !== null && (pairing === "paired" || pairing === "mismatched");
  return {
    pairing,
    counting: wereBothSent ? countAtMeta(copies.browserCopy, copies.serverCopy) : null,
    browser: browserStory({
      source: conversion.source,
      pairing: readPairing(conversion.pairing),
      reports,
      told,
      browser: copies.browser,
    }),
  };
}

function skipOf(delivery: DetailRow, conversion: Conversion, reports: readonly BrowserReport[]): Skip | null {
  if (delivery.state !== "skipped") return null;
  const reason = delivery.skipReason ?? "";
  return {
    reason,
    rule: conversion.excludedBy,
    kind: storedKind(conversion.source),
    consent: reason === "no_consent" ? consentFacts(conversion, reports, countryName) : null,
  };
}

function answerOf(delivery: DetailRow): LastAnswer | null {
  if (delivery.lastClass === null || delivery.state === "delivered") return null;
  const { lastCode: code, lastSubcode: subcode } = delivery;
  return {
    class: delivery.lastClass,
    message: delivery.lastMessage,
    code: code === null ? null : [code, subcode].filter((each) => each !== null).join("/"),
    httpStatus: delivery.lastStatus,
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
