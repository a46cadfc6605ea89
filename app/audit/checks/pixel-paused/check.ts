import { compareWithUsual, hasFallen } from "../../baseline.ts";
import {
  type Check,
  fails,
  HOLDS,
  NOT_APPLICABLE,
  notKnown,
  type EvidenceRow,
  type Severity,
} from "../../check.ts";
import type { Sighting } from "../../../pairing/sightings/sighting.ts";
import type { AuditFacts } from "../../facts/audit-facts.ts";
import { browserCopies } from "../../facts/browser-copies.ts";
import { weighSightings } from "../../facts/sightings.ts";

/** What Shopify's states of data sharing cost. A state that is not here is not known. */
const COSTS: Readonly<Record<string, Severity | "none">> = {
  ALWAYS_ON: "none",
  OPTIMIZED_ALLOW_ALL_EVENTS: "medium",
  OPTIMIZED_ALLOW_LIMITED_EVENTS: "high",
  OPTIMIZED_PAUSE_ALL_EVENTS: "critical",
  PAUSED: "critical",
};
/** The words of storefront pages: they do not say whether an optimized pixel is paused at present. */
const PAGE_COSTS: Readonly<Record<string, Severity | "none">> = { unrestricted: "none", optimized: "medium" };
/** Shopify's answer is asked for daily. */
const FRESH_MS = 3 * 86_400_000;

/**
 * Shopify pauses our web pixel, or may at any time. Three witnesses: its own interface, whose word decides; the pages' list of
 * web pixels; the share of browser copies against the store's own days, which makes "Optimized" a loss.
 */
export const pixelPaused: Check = {
  code: "pixelPaused",
  area: "sender",
  severity: "critical",
  source: "Shopify",
  threshold:
    "data sharing paused: critical; limited: high; “Optimized”: medium, and high where the share of browser copies has fallen as well",
  fromFiles: false,
  mend: { url: "https://admin.shopify.com/settings/customer_events", name: "audit.mend.customerEvents" },
  judge: (facts, isOpen) => {
    const { store, days } = facts;
    if (!store) return notKnown("not_in_files");
    if (store.webPixel.state !== "connected") return NOT_APPLICABLE;
    const told = shopifysWord(facts);
    const page = pagesWord(facts);
    const cost = (told && COSTS[told.state]) ?? (page?.sharing ? PAGE_COSTS[page.sharing] : undefined);
    if (cost === undefined) return notKnown("not_told");
    if (cost === "none") return HOLDS;
    const usual = compareWithUsual(days, browserCopies);
    const fallen = usual && hasFallen(usual, 0.15, isOpen) ? usual : undefined;
    const lost = fallen ? fallen.counted.all - fallen.counted.part : null;
    const evidence = [
      ...(told ? [{ text: "audit.evidence.sharingTold", values: { state: told.state } } as const] : []),
      ...(page ? [pageRow(page)] : []),
      ...(fallen
        ? [
            {
              text: "audit.evidence.browserShareFell",
              values: { share: fallen.recent, usualShare: fallen.usual },
            } as const,
          ]
        : []),
    ];
    return fails({
      severity: cost === "medium" && fallen ? "high" : cost,
      certainty: told && COSTS[told.state] ? "proven" : fallen ? "likely" : "reported",
      since: fallen?.from ?? null,
      orders: lost,
      values: { witnesses: evidence.length },
      evidence,
    });
  },
};

function shopifysWord({ store, now }: AuditFacts): { readonly state: string } | undefined {
  const told = store?.webPixelSharing;
  return told && now - told.at < FRESH_MS ? told : undefined;
}

/** Of several states that pages told lately, the newest that is believed. */
function pagesWord(facts: AuditFacts): Sighting | undefined {
  const { believed } = weighSightings(facts, ({ kind }) => kind === "own_pixel");
  return believed.toSorted((a, b) => b.lastSeen - a.lastSeen)[0];
}

function pageRow({ sharing, hours, ofHours = hours }: Sighting): EvidenceRow {
  return { text: "audit.evidence.sharingSeen", values: { sharing: sharing ?? "", hours, ofHours } };
}
