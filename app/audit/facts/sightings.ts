import type { PagePart, Sighting } from "../../pairing/sightings/sighting.ts";
import { addWorth, notKnown, type EvidenceRow, type Failure, type Verdict } from "../check.ts";
import { lastDays, sumDays } from "./sum-days.ts";
import type { AuditFacts } from "./audit-facts.ts";
import "../../texts/areas/audit.ts";

/** What is believed now, and what may yet be. */
export interface WeighedSightings {
  readonly believed: readonly Sighting[];
  readonly pending: readonly Sighting[];
}

/** Sightings that a check is about: believed and still there, or neither believed nor contradicted. */
export function weighSightings(
  { storefront }: AuditFacts,
  isMeant: (sighting: Sighting) => boolean,
): WeighedSightings {
  const meant = (storefront?.sightings ?? []).filter(isMeant);
  return {
    believed: meant.filter(({ isCredible, isGone }) => isCredible && !isGone),
    pending: meant.filter(({ isPending }) => isPending === true),
  };
}

/** Whether Meta's ID is that of a dataset that Tandem sends to. */
export function isOurs({ datasets }: AuditFacts, pixelId: string | null): boolean {
  return datasets.some(({ datasetId, state }) => state === "active" && datasetId === pixelId);
}

/** Why the pages' silence clears nobody; undefined where it does. */
export function silenceOf({ store, storefront }: AuditFacts, part: PagePart): Verdict | undefined {
  if (!store) return notKnown("not_in_files");
  return storefront?.told?.includes(part) ? undefined : notKnown("not_told");
}

const DAYS = 7;

/** Online orders of the last week, today included, since the sighting's first day: what a second sender touches. */
export function touchedSince(
  { days }: AuditFacts,
  firstSeen: number,
): Pick<Failure, "since" | "orders" | "worth"> {
  const since = new Date(firstSeen).toISOString().slice(0, 10);
  const touched = lastDays(days, DAYS).filter(({ day }) => day >= since);
  const kinds = ["paired", "server_only", "browser_only", "mismatched", "pending"] as const;
  const sums = kinds.map((kind) => sumDays(touched, ({ pairing }) => pairing[kind]));
  return {
    since,
    orders: sums.reduce((all, { count }) => all + count, 0),
    worth: addWorth(sums.flatMap(({ worth }) => worth)),
  };
}

const SENDER_TEXTS = {
  channel: "audit.evidence.channelSeen",
  theme: "audit.evidence.themeSeen",
  gtm: "audit.evidence.tagManagerSeen",
  page: "audit.evidence.pageSeen",
} as const;

/** Who it is, and by how many hours it is told. */
export function sightingRow({ kind, sender, pixelId, hours, ofHours = hours }: Sighting): EvidenceRow {
  const known = Object.entries(SENDER_TEXTS).find(([name]) => name === sender)?.[1];
  return {
    text: (kind !== "app_pixel" || sender === "channel" ? known : undefined) ?? "audit.evidence.appSeen",
    values: { sender, pixelId: pixelId ?? "", hours, ofHours },
  };
}

/** Which events of a visit Tandem sends, beside a sender that can send them too: none where it sends none. */
export function eventsTooRows({ funnel }: AuditFacts): readonly EvidenceRow[] {
  const events = (funnel ?? []).map(({ event }) => event).join(", ");
  return events === ""
    ? []
    : [{ text: "audit.evidence.eventsToo", values: { events }, url: "/app/settings#events" }];
}
