export interface Series {
  readonly key: string;
  readonly name: string;
  readonly color: string;
}

/** Something that changed on a day, such as a new access token. */
export interface TrendMark {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly label: string;
}

export interface TrendProps {
  /** Names the figure for those who do not see it. */
  readonly title: string;
  readonly kind: "stacked" | "line";
  readonly series: readonly Series[];
  readonly points: readonly { readonly day: string; readonly values: readonly (number | null)[] }[];
  /** A line to compare with. */
  readonly goal?: { readonly value: number; readonly name: string };
  /** The axis ends here, whatever the data. */
  readonly top?: number;
  /** The least and the greatest value at which the axis may end; by the data between them. */
  readonly domain?: { readonly atLeast?: number; readonly atMost?: number };
  /** Drawn as numbered lines and listed below; a mark of a day that is not among the points is left out. */
  readonly marks?: readonly TrendMark[];
  readonly show: (value: number) => string;
}

/** What the parts of a chart write: days, and values that may not be known. */
export interface TrendTexts {
  readonly day: (day: string) => string;
  readonly showOrUnknown: (value: number | null) => string;
}
