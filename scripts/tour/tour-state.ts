/** One Purchase as Meta has it. */
export interface TourSale {
  /** Event ID. */
  readonly id: string;
  /** Copies that arrived. */
  readonly browser: number;
  readonly server: number;
  /** Sales that Meta counts for it. */
  readonly counted: number;
  readonly value: number;
  readonly currency: string;
  /** Its event in the admin. */
  readonly event: string;
}

/** What the shop has behind it. */
export type TourHistory =
  /** It has just been opened, and stays so. */
  | { readonly kind: "none" }
  /** Lived through in the shop, which therefore does not work yet. */
  | { readonly kind: "playing"; readonly day: number; readonly of: number }
  /** The prepared one is being put in place, which takes some seconds. */
  | { readonly kind: "beginning" }
  /** Sales that Meta has of it, and those of them that no browser reported. */
  | {
      readonly kind: "there";
      readonly of: "healthy" | "eventful";
      readonly sales: number;
      readonly serverAlone: number;
    };

export interface TourState {
  readonly history: TourHistory;
  readonly tandem: readonly TourSale[];
  readonly without: readonly TourSale[];
}
