/** By these all that is an example is found again. */
export const EXAMPLE = {
  /** `conversion.via`. */
  via: "example",
  /** No dataset of Meta's has this ID; ours has no token either. */
  datasetId: "000000000000000",
  datasetName: "Example data (never sent)",
  /** Before an order's number, wherever it is shown. */
  orderPrefix: "EXAMPLE-",
  /** Above any order number that a dev store comes to: no real order finds its event ID taken. */
  firstOrderNumber: 990_000_001,
} as const;
