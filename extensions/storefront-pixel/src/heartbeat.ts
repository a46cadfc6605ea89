import { VERSION } from "../../contract/version.ts";
import { readMark, writeMark } from "./browser-marks.ts";
import { postJson, type StorefrontWindow } from "./storefront-window.ts";

const DAY_MS = 86_400_000;

/** Whether this browser is due: once a day (UTC), and then with the probability `rate` (0..1). Marks the day either way. */
export function isHeartbeatDue(
  page: StorefrontWindow,
  rate: number,
  now: number,
  random: () => number,
): boolean {
  const today = String(Math.floor(now / DAY_MS));
  return readMark(page, "beat") !== today && writeMark(page, "beat", today) && random() < rate;
}

export interface Neighbours {
  /** Datasets on the page that are not ours. */
  pixels: string[];
  senders: ("shopify_meta_channel" | "gtm" | "other_fbq")[];
}

/**
 * Who else sends to Meta from this page: Pixels that fbevents.js knows or that a script of the page initialises, the
 * Facebook & Instagram channel (its entry in Shopify's list of web pixels), Google Tag Manager.
 */
export function seeNeighbours(
  page: StorefrontWindow,
  ours: readonly string[],
  foreignFbq: boolean,
): Neighbours {
  const source = Array.from(page.document.scripts, (script) => script.src + script.text).join("\n");
  const ids = [
    ...(page.fbq?.getState?.().pixels ?? []).map(({ id }) => id),
    ...Array.from(source.matchAll(/fbq\(\s*['"]init['"]\s*,\s*['"](\d+)/g), ([, id]) => id),
  ];
  const pixels = [...new Set(ids)].filter((id): id is string => !!id && !ours.includes(id)).slice(0, 10);
  const found = [
    ["shopify_meta_channel", source.includes("facebook_pixel")],
    ["gtm", page.google_tag_manager || source.includes("googletagmanager.com/gtm")],
    ["other_fbq", foreignFbq || pixels.length],
  ] as const;
  return { pixels, senders: found.filter(([, seen]) => seen).map(([sender]) => sender) };
}

/** Tells the app that the embed is alive and what it sees. No identifier of the visitor is in it. */
export async function sendHeartbeat(
  page: StorefrontWindow,
  pageType: string | null,
  neighbours: Neighbours,
  blocked: boolean | undefined,
): Promise<void> {
  await postJson(page, "/apps/tandem/heartbeat", {
    v: 1,
    version: VERSION,
    theme: page.Shopify?.theme?.id,
    page: pageType ?? undefined,
    ...neighbours,
    blocked,
    consent: true,
  });
}
