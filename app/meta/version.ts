/** The Graph API version of every call. v26.0 was current on 29 July 2026; Conversions API versions live two years. */
export const GRAPH_VERSION = "v26.0";
