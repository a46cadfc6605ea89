import { isRecord } from "../block-data.ts";

/** An entry of Shopify's list of web pixels that has to do with Meta, or is our own, or a custom pixel. */
export interface ListedPixel {
  /** The app's number in Shopify (`apiClientId`), or `tandem`. */
  app?: string;
  /** A custom pixel's name, as the merchant wrote it. */
  custom?: string;
  /** Meta's dataset IDs in its configuration. */
  ids: string[];
  /** `dataSharingState` in the page's words, such as `optimized`. */
  sharing?: string;
}

/** The Facebook & Instagram channel's number, by which Shopify lists it. */
export const CHANNEL_APP = "2329312";
const LONGEST_LIST = 200_000;
const MOST_LISTS = 5;
const MOST_ENTRIES = 100;
const MOST_CUSTOM = 3;
const MOST_LISTED = 10;
const MOST_IDS = 5;

/**
 * What `wpmLoader({… webPixelsConfigList: [ … ] …})` of the page's inline scripts lists. The markup is undocumented: what
 * cannot be read is undefined, which says nothing, and never an empty list. An app's entry is kept where it names a dataset.
 *
 * @param ours connected datasets, found wherever an entry writes them
 */
export function readPixelList(source: string, ours: readonly string[]): ListedPixel[] | undefined {
  let at = -1;
  for (let tried = 0; tried < MOST_LISTS; tried++) {
    at = source.indexOf("webPixelsConfigList", at + 1);
    if (at < 0) return undefined;
    const list = parseList(source, source.indexOf("[", at), at);
    if (list) return keepEntries(list, ours);
  }
  return undefined;
}

function parseList(source: string, start: number, at: number): unknown[] | undefined {
  if (start < 0 || start - at > 40) return undefined;
  try {
    const list: unknown = JSON.parse(source.slice(start, endOfList(source, start)));
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

/** The place after the bracket that closes the list, brackets in texts left out. */
function endOfList(source: string, start: number): number {
  let depth = 0;
  let quoted = false;
  const last = Math.min(source.length, start + LONGEST_LIST);
  for (let at = start; at < last; at++) {
    const letter = source[at];
    if (letter === "\\") at++;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === "[") depth++;
    else if (!quoted && letter === "]" && --depth === 0) return at + 1;
  }
  return start;
}

function keepEntries(list: unknown[], ours: readonly string[]): ListedPixel[] {
  const read = list
    .slice(0, MOST_ENTRIES)
    .flatMap((entry) => (isRecord(entry) ? [readEntry(entry, ours)] : []));
  const apps = read.filter(
    ({ app, ids }) => app && (ids.length > 0 || app === "tandem" || app === CHANNEL_APP),
  );
  const customs = read.filter(({ custom }) => custom).slice(0, MOST_CUSTOM);
  return [...apps.slice(0, MOST_LISTED - customs.length), ...customs];
}

function readEntry(entry: Record<string, unknown>, ours: readonly string[]): ListedPixel {
  const { configuration, apiClientId, name, type, dataSharingState } = entry;
  const text = String(typeof configuration === "string" ? configuration : JSON.stringify(configuration));
  const plain = text.slice(0, 5_000).replaceAll("\\", "");
  const sharing = /^[\w-]{1,30}$/.exec(String(dataSharingState))?.[0];
  const app =
    /"trUrl"/.test(plain) && /"accountID"/.test(plain)
      ? "tandem"
      : /^\d{1,20}$/.exec(String(apiClientId))?.[0];
  return {
    ...(app ? { app } : {}),
    ...(!app && String(type) === "CUSTOM" && typeof name === "string"
      ? { custom: name.trim().slice(0, 40) }
      : {}),
    // Our own configuration names the connected datasets, which is no news.
    ids: app === "tandem" ? [] : datasetsIn(plain, ours),
    ...(dataSharingState && sharing ? { sharing } : {}),
  };
}

/**
 * Meta's IDs in a configuration of any shape: our own wherever they stand; others (14 to 17 digits) where the key speaks of
 * a pixel, Facebook or Meta: `"pixel_id":"975184251718590"`, `"pixels":"975184251718590_1_0"`.
 */
function datasetsIn(plain: string, ours: readonly string[]): string[] {
  const numbers: readonly string[] = plain.match(/\d+/g) ?? [];
  const found = ours.filter((id) => numbers.includes(id));
  for (const [, key = "", value = ""] of plain.matchAll(/"([\w-]{1,40})":\s?"?([\w,;| .-]{1,200})/g)) {
    if (!/pixel|facebook|meta|^fb/i.test(key)) continue;
    for (const part of value.split(/[,;| ]/)) {
      const id = /^(\d{14,17})(?:_[\d_]*)?$/.exec(part)?.[1];
      if (id) found.push(id);
    }
  }
  return [...new Set(found)].slice(0, MOST_IDS);
}
