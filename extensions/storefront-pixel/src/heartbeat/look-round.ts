import type { HeartbeatTask, StorefrontWindow } from "../storefront-window.ts";
import { CHANNEL_APP, type ListedPixel, readPixelList } from "./web-pixel-list.ts";

export interface Neighbours {
  /** Datasets on the page that are not ours. */
  pixels: string[];
  senders: ("shopify_meta_channel" | "gtm" | "other_fbq")[];
  /** What the page says of itself, part by part; a part that cannot be read is left out. */
  seen: {
    list?: ListedPixel[];
    /** Whether Shopify's own server side sends to Meta. */
    capi?: boolean;
    /** Pixels that something else than a listed app initialises, ours too. */
    page: { id: string; by: "theme" | "gtm" | "page" }[];
  };
}

const MOST_PIXELS = 10;
const LONGEST_SCRIPT = 300_000;
const MOST_TEXT = 2_000_000;

/**
 * Who else sends to Meta from this page: Shopify's list of web pixels, its switch for the server side, Pixels that
 * fbevents.js knows or that a script of the page initialises, Google Tag Manager. The markup is undocumented: whatever shape
 * it has, nothing is thrown, and work and size are bounded.
 */
export function lookRound(page: StorefrontWindow, { datasets, earlier }: HeartbeatTask): Neighbours {
  const source = inlineText(page);
  const list = attempt(() => readPixelList(source, datasets));
  const capi = readServerSide(source);
  const hasTagManager = !!page.google_tag_manager || externals(page).includes("googletagmanager.com/gtm");
  const listed = (list ?? []).flatMap(({ ids }) => ids);
  const inline = Array.from(
    source.matchAll(/fbq\(\s*['"]init['"]\s*,\s*['"]?(\d{1,20})/g),
    ([, id]) => id ?? "",
  );
  const known = attempt(() => (page.fbq?.getState?.().pixels ?? []).map(({ id }) => String(id))) ?? [];
  // After our own `init` the library knows ours whoever else initialises it: only what was there before counts.
  const others = [...known.filter((id) => !datasets.includes(id)), ...(earlier ?? [])];
  const unlisted = (ids: string[]) => [...new Set(ids)].filter((id) => !listed.includes(id));
  const placed = [
    ...unlisted(inline).map((id) => ({ id, by: "theme" as const })),
    ...unlisted(others)
      .filter((id) => !inline.includes(id))
      .map((id) => ({ id, by: hasTagManager ? ("gtm" as const) : ("page" as const) })),
  ].filter(({ id }) => /^\d{1,20}$/.test(id));
  const pixels = [...new Set([...others, ...inline])]
    .filter((id) => /^\d{1,20}$/.test(id) && !datasets.includes(id))
    .slice(0, MOST_PIXELS);
  const hasChannel = source.includes("facebook_pixel") || list?.some(({ app }) => app === CHANNEL_APP);
  return {
    pixels,
    senders: [
      ...(hasChannel ? (["shopify_meta_channel"] as const) : []),
      ...(hasTagManager ? (["gtm"] as const) : []),
      ...(earlier || pixels.length > 0 ? (["other_fbq"] as const) : []),
    ],
    seen: {
      ...(list ? { list } : {}),
      ...(capi === undefined ? {} : { capi }),
      page: placed.slice(0, MOST_PIXELS),
    },
  };
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function inlineText(page: StorefrontWindow): string {
  let text = "";
  for (const script of Array.from(page.document.scripts)) {
    if (text.length > MOST_TEXT) break;
    if (!script.src) text += `${String(script.text).slice(0, LONGEST_SCRIPT)}\n`;
  }
  return text;
}

function externals(page: StorefrontWindow): string {
  return Array.from(page.document.scripts, ({ src }) => src).join("\n");
}

/** `trekkie.load(… "S2S":{"facebookCapiEnabled":true …})`, quoted in whatever way; undefined where it is not said. */
function readServerSide(source: string): boolean | undefined {
  const said = Array.from(source.matchAll(/facebookCapiEnabled\W{1,6}(true|false)\b/g), ([, word]) => word);
  return said.length > 0 ? said.includes("true") : undefined;
}
