import { chooseClick } from "./choose-click.ts";
import type { ClickCandidate } from "./choose-click.ts";
import { readBrowserId } from "./click-ids.ts";
import { newNotes, noteDrop, takeOrNote } from "../mapping-notes.ts";
import type { MappingNotes } from "../mapping-notes.ts";
import type { BrowserReport, Conversion } from "../model.ts";
import { canHaveBrowserReport, storedKind } from "../order/sale-kinds.ts";

/** Meta's identifiers as both copies carry them. */
export interface ChosenIdentifiers {
  readonly fbp?: string;
  readonly fbc?: string;
}

/**
 * The browser's own word before the order's, each judged anew: a value that is no identifier never hides one that is.
 * The order's were chosen at intake; they are judged again because older ones were stored by older rules.
 *
 * @param times `eventTime` in Unix seconds, `now` in Unix milliseconds
 */
export function chooseIdentifiers(
  conversion: IdentifierFacts,
  report: Pick<BrowserReport, "fbp" | "fbc"> | null,
  times: { readonly eventTime: number; readonly now: number },
  notes: MappingNotes = newNotes(),
): ChosenIdentifiers {
  const browser = canHaveBrowserReport(storedKind(conversion.source)) ? report : null;
  const fbp = chooseBrowserId(conversion, browser?.fbp, times.now, notes);
  const fbc = chooseFbc(conversion, browser?.fbc, times, notes);
  return { ...(fbp !== undefined && { fbp }), ...(fbc !== undefined && { fbc }) };
}

type IdentifierFacts = Pick<Conversion, "fbp" | "fbc" | "eventTime" | "source" | "provenance">;

/** Where intake found what the order holds. */
function sourceOf(conversion: IdentifierFacts, key: "fbp" | "fbc"): string {
  return conversion.provenance?.find((entry) => entry.key === key)?.from ?? "order";
}

function chooseBrowserId(
  conversion: IdentifierFacts,
  reported: string | undefined,
  now: number,
  notes: MappingNotes,
): string | undefined {
  const fbp =
    reported === undefined ? undefined : takeOrNote(readBrowserId(reported, now), "fbp", "report.fbp", notes);
  if (fbp !== undefined || conversion.fbp === undefined) return fbp;
  const reading = readBrowserId(conversion.fbp, now);
  if (!reading.ok) noteDrop(notes, "fbp", sourceOf(conversion, "fbp"), reading.reason);
  return reading.ok ? reading.value : undefined;
}

function chooseFbc(
  conversion: IdentifierFacts,
  reported: string | undefined,
  times: { readonly eventTime: number; readonly now: number },
  notes: MappingNotes,
): string | undefined {
  const reports = reported === undefined ? [] : [{ from: "report.fbc", form: "fbc", raw: reported } as const];
  const candidates: ClickCandidate[] = [
    ...reports,
    ...(conversion.fbc === undefined
      ? []
      : [{ from: sourceOf(conversion, "fbc"), form: "fbc" as const, raw: conversion.fbc }]),
  ];
  const event = times.eventTime * 1000;
  const order = conversion.eventTime * 1000;
  const own = newNotes();
  const chosen = chooseClick(
    candidates,
    { order, event, firstSeen: Math.min(order, event), now: times.now },
    own,
  );
  notes.dropped.push(...own.dropped);
  // An unchanged value of the order has its source noted already, at intake.
  const isNew = chosen?.candidate === reports[0] || chosen?.fbc !== conversion.fbc;
  if (isNew) notes.provenance.push(...own.provenance);
  return chosen?.fbc;
}
