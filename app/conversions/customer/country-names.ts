/**
 * Countries by name. Shopify writes `country` beside `country_code`; orders of other programs carry the name alone,
 * in the language of whoever typed it.
 *
 * Names come from the runtime's own locale data (CLDR): every country in English, Shopify's language for `country`,
 * and in the languages below. Reading them takes about a tenth of a second, so it happens once in a process, when
 * the first order without a usable code arrives.
 */
import { CONSENT_COUNTRIES } from "../consent/consent-regions.ts";
import { COUNTRY_CODES, readCountryCode } from "./country-codes.ts";
import { toLetters } from "./normalise-name.ts";

/** The official languages of the region that asks for recorded consent, and of its larger minorities. */
const CONSENT_LANGUAGES =
  "bg ca cs cy da de el en es et eu fi fr ga gl hr hu is it lb lt lv mt nb nl nn pl pt rm ro ru sk sl sv tr uk";
/** Languages of many buyers elsewhere: every country's name in these. */
const WORLD_LANGUAGES = "en de fr es it nl pt sv da nb pl ja zh zh-Hant ko ar";

/** What CLDR does not list: short, old and official names, parts of countries, ISO alpha-3 and vehicle codes. */
const ALIASES: Readonly<Record<string, string>> = {
  AT: "aut, Republic of Austria, Republik Österreich",
  AX: "ala, Aland, Ahvenanmaa",
  BE: "bel, Kingdom of Belgium, België, Belgique, Belgien",
  BG: "bgr, Republic of Bulgaria, Bulgariya",
  CH: "che, Swiss, Swiss Confederation, Confoederatio Helvetica, Schweiz, Suisse, Svizzera, Svizra",
  CY: "cyp, Republic of Cyprus, Kypros",
  CZ: "cze, Czech Republic, Česká republika, Tschechische Republik, République tchèque, Tsjechië",
  DE: "deu, ger, Federal Republic of Germany, Bundesrepublik Deutschland, BRD, West Germany",
  DK: "dnk, Kingdom of Denmark, Danmark",
  EE: "est, Republic of Estonia",
  ES: "esp, Kingdom of Spain, Reino de España, Canary Islands, Islas Canarias, Balearic Islands, Islas Baleares",
  EU: "European Union, Europe, Eurozone, Euro area, European Economic Area, EEA",
  FI: "fin, Republic of Finland",
  FR: "fra, French Republic, République française, Metropolitan France, France métropolitaine, Corsica, Corse",
  GB: `gbr, uk, U.K., Great Britain, Britain, United Kingdom of Great Britain and Northern Ireland, England, Scotland,
    Wales, Cymru, Northern Ireland, England and Wales, United Kingdom (UK), Angleterre, Grande-Bretagne,
    Grossbritannien, Gran Bretaña, Gran Bretagna, Groot-Brittannië, Storbritannien, Storbritannia, Reino Unido`,
  GF: "guf, French Guyana",
  GG: "ggy",
  GI: "gib",
  GP: "glp",
  GR: "grc, el, Hellas, Ellada, Hellenic Republic",
  HR: "hrv, Republic of Croatia",
  HU: "hun, Republic of Hungary",
  IE: "irl, Éire, Eire, Southern Ireland, Republic of Ireland, Ireland (Republic of), Irish Republic",
  IM: "imn, Man",
  IS: "isl, Republic of Iceland",
  IT: "ita, Italian Republic, Repubblica Italiana, Sicily, Sardinia",
  JE: "jey, Channel Islands",
  LI: "lie, Principality of Liechtenstein, Fürstentum Liechtenstein",
  LT: "ltu, Republic of Lithuania",
  LU: "lux, Grand Duchy of Luxembourg, Luxemburg",
  LV: "lva, Republic of Latvia",
  MF: "maf, Saint Martin, St. Martin",
  MQ: "mtq",
  MT: "mlt, Republic of Malta",
  NL: "nld, Holland, The Netherlands, Kingdom of the Netherlands, Nederland, Pays-Bas, Hollande, Olanda, Holanda",
  NO: "nor, Kingdom of Norway",
  PL: "pol, Republic of Poland, Rzeczpospolita Polska",
  PT: "prt, Portuguese Republic, Madeira, Azores, Açores",
  RE: "reu",
  RO: "rou, rom",
  SE: "swe, Kingdom of Sweden",
  SI: "svn, Republic of Slovenia",
  SK: "svk, Slovak Republic, Slovenská republika",
  YT: "myt",
  US: `usa, U.S.A., u.s., United States of America, The United States, America, Etats-Unis d'Amérique, EE. UU., EE.UU.,
    Estados Unidos de América, Vereinigte Staaten von Amerika`,
  AE: "uae, U.A.E., Emirates",
  CI: "Ivory Coast",
  CV: "Cape Verde",
  KR: "kor, Republic of Korea, Korea, Korea Republic of",
  MK: "Macedonia, FYROM",
  MM: "Burma",
  NZ: "nzl, Aotearoa",
  SZ: "Swaziland",
  TL: "East Timor",
  TR: "tur, Turkey, Turkiye",
  VN: "Viet Nam",
  CA: "can",
  AU: "aus",
  JP: "jpn",
};

/** Countries by every name that is listed for them; a name may stand for several. */
type Gazetteer = ReadonlyMap<string, ReadonlySet<string>>;

const EMPTY: ReadonlySet<string> = new Set();
const MAX_LENGTH = 200;

let english: Gazetteer | undefined;
let everyLanguage: Gazetteer | undefined;

/**
 * The one country that a whole text names, for the match key: "Germany" and "Deutschland" are DE. Undefined for
 * anything else, so that no country is guessed from a part of a text.
 *
 * @returns ISO alpha-2, upper case
 */
export function countryNamed(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const code = readCountryCode(text);
  if (code !== undefined) return code;
  const [only, ...others] = lookUp(text);
  return others.length === 0 ? readCountryCode(only) : undefined;
}

/**
 * Every country that a text may mean, for the question whether somebody's law asks for consent: a code, a name, or
 * either as a part of the text ("Germany (DE)", "Berlin, Germany").
 *
 * @returns ISO alpha-2, upper case, or "EU"
 */
export function countriesMeant(text: string | undefined): readonly string[] {
  if (text === undefined || text.length > MAX_LENGTH) return [];
  const whole = readCountryCode(text);
  if (whole !== undefined) return [whole];
  const named = lookUp(text);
  if (named.size > 0) return [...named];
  const parts = text.split(/[,;:()[\]/|]|\s[-\u2013\u2014]\s/);
  if (parts.length < 2) return [];
  return [...new Set(parts.flatMap((part) => [readCountryCode(part) ?? [], ...lookUp(part)].flat()))];
}

function lookUp(text: string): ReadonlySet<string> {
  if (text.length > MAX_LENGTH) return EMPTY;
  english ??= collect(["en"], COUNTRY_CODES);
  const asShopifyWritesIt = english.get(text);
  if (asShopifyWritesIt !== undefined) return asShopifyWritesIt;
  const name = reduce(text);
  if (name === "") return EMPTY;
  const found = english.get(name);
  if (found !== undefined) return found;
  everyLanguage ??= collect(WORLD_LANGUAGES.split(" "), COUNTRY_CODES, CONSENT_LANGUAGES.split(" "));
  return everyLanguage.get(name) ?? everyLanguage.get(name.replace(/^the/, "")) ?? EMPTY;
}

function collect(
  languages: readonly string[],
  codes: readonly string[],
  consentLanguages: readonly string[] = [],
): Gazetteer {
  const names = new Map<string, Set<string>>();
  const addKey = (key: string, code: string) => {
    const known = names.get(key);
    if (known === undefined) names.set(key, new Set([code]));
    else known.add(code);
  };
  const add = (name: string, code: string) => {
    addKey(name, code);
    addKey(reduce(name), code);
  };
  const addLanguage = (language: string, listed: readonly string[]) => {
    const display = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const code of listed) {
      const name = display.of(code);
      if (name !== undefined) add(name, code);
    }
  };
  for (const [code, aliases] of Object.entries(ALIASES)) {
    for (const alias of aliases.split(",")) add(alias, code);
  }
  for (const language of languages) addLanguage(language, codes);
  for (const language of consentLanguages) addLanguage(language, CONSENT_COUNTRIES);
  return names;
}

/** Letters without accents, so that "Osterreich" and "Österreich", "U.K." and "uk" are one. */
function reduce(name: string): string {
  const plain = name.isWellFormed() ? name.normalize("NFKD").replace(/\p{M}+/gu, "") : "";
  return toLetters(plain.replace(/&/g, " and ")).replaceAll("ß", "ss");
}
