/**
 * USPS codes of states, districts, territories and military addresses by the name that Shopify writes, reduced to
 * letters. Needed where an order came without `province_code` (imports).
 */
const STATES = `
al alabama|ak alaska|az arizona|ar arkansas|ca california|co colorado|ct connecticut|de delaware
dc districtofcolumbia|dc washingtondc|fl florida|ga georgia|hi hawaii|id idaho|il illinois|in indiana|ia iowa|ks kansas
ky kentucky|la louisiana|me maine|md maryland|ma massachusetts|mi michigan|mn minnesota|ms mississippi
mo missouri|mt montana|ne nebraska|nv nevada|nh newhampshire|nj newjersey|nm newmexico|ny newyork
nc northcarolina|nd northdakota|oh ohio|ok oklahoma|or oregon|pa pennsylvania|ri rhodeisland
sc southcarolina|sd southdakota|tn tennessee|tx texas|ut utah|vt vermont|va virginia|wa washington
wv westvirginia|wi wisconsin|wy wyoming|as americansamoa|gu guam|mp northernmarianaislands|pr puertorico
vi usvirginislands|vi virginislands|um usminoroutlyingislands|fm micronesia|fm federatedstatesofmicronesia
mh marshallislands|pw palau|aa armedforcesamericas|ae armedforceseurope|ap armedforcespacific`;

const CODE_BY_NAME: ReadonlyMap<string, string> = new Map(
  STATES.trim()
    .split(/[|\n]/)
    .map((entry) => {
      const [code = "", name = ""] = entry.split(" ");
      return [name, code];
    }),
);
const CODES: ReadonlySet<string> = new Set(CODE_BY_NAME.values());

/** Two lower-case letters from "TX", "US-TX" or "Texas"; undefined for anything that is no state. */
export function readUsState(text: string | undefined): string | undefined {
  const letters = text?.toLowerCase().replace(/[^a-z]/g, "") ?? "";
  if (CODES.has(letters)) return letters;
  if (letters.length === 4 && letters.startsWith("us") && CODES.has(letters.slice(2)))
    return letters.slice(2);
  return CODE_BY_NAME.get(letters);
}
