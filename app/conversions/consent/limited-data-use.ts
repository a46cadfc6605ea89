/**
 * Meta's Limited Data Use (LDU), the way to say "this person refused the sale of their data" to Meta in the US.
 * Codes: Meta, "data processing options".
 */
import { readUsState } from "../customer/us-states.ts";

const US = 1;
/** Meta finds country and state by the event's IP address. */
const GEOLOCATE = 0;

const STATE_CODES: ReadonlyMap<string, number> = new Map([
  ["ca", 1000],
  ["co", 1001],
  ["ct", 1002],
  ["fl", 1003],
  ["or", 1004],
  ["tx", 1005],
  ["mt", 1006],
  ["de", 1007],
  ["ne", 1008],
  ["nh", 1009],
  ["nj", 1010],
  ["mn", 1011],
  ["md", 1012],
  ["ri", 1013],
]);

export interface DataProcessing {
  readonly country: number;
  readonly state: number;
}

/**
 * The country and state that go with `["LDU"]`. A US state without a code of Meta's, or an unknown one, leaves the
 * state to Meta. Outside the US, or where nobody knows, both are left to Meta: a refusal is passed on rather than
 * judged by a shipping address.
 *
 * @param country ISO alpha-2, upper case
 * @param region state code such as "CA" or "US-CA"
 */
export function limitFor(country: string | undefined, region: string | undefined): DataProcessing {
  if (country !== "US") return { country: GEOLOCATE, state: GEOLOCATE };
  return { country: US, state: optOutStateCode(region) ?? GEOLOCATE };
}

/** Meta's code of a US state with an opt-out law. */
export function optOutStateCode(region: string | undefined): number | undefined {
  const state = readUsState(region);
  return state === undefined ? undefined : STATE_CODES.get(state);
}
