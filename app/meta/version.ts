/** The Graph API version of every call. v26.0 was current on 29 July 2026; Conversions API versions live two years. */
export const GRAPH_VERSION = "v26.0";

/** Until when that version surely answers: two years after it came out (docs/decisions/0836). Unix milliseconds. */
export const API_VERSION_ENDS = Date.parse("2028-07-29T00:00:00Z");
