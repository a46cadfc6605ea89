import type { Copies, ParameterChoices } from "./events/event-declaration.ts";

/**
 * What the app tells the web pixel of a store's funnel, as the JSON text of the pixel's setting `funnel`: an extension's
 * settings are texts. Public: every page of the storefront shows it.
 */
export interface FunnelSettings {
  v: 1;
  /** Meta's IDs of the active datasets. */
  datasets: string[];
  /** By Meta's name; an event that is not named here is off. Only events of the web pixel. */
  events: Record<string, Exclude<Copies, "off">>;
  contentId: ParameterChoices["contentId"];
  valueBasis: ParameterChoices["valueBasis"];
  /** ISO alpha-2 of the store's catalogue, where the app knows it. */
  country?: string;
  /** Limited Data Use where the sale of data was refused. */
  ldu: boolean;
}

/** The settings, or null where an app before this version wrote none: then there is no funnel, and the Purchase goes on. */
export function readFunnelSettings(text: unknown): FunnelSettings | null {
  try {
    const { v, datasets, events } = JSON.parse(String(text)) as Partial<FunnelSettings>;
    const whole = v === 1 && Array.isArray(datasets) && datasets.every((id) => /^\d+$/.test(id)) && !!events;
    return whole && datasets.length > 0 ? (JSON.parse(String(text)) as FunnelSettings) : null;
  } catch {
    return null;
  }
}
