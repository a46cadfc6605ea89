/** What every sandbox store sells. Prices in US dollars; each store shows them in its own currency. */
export interface Variant {
  readonly id: bigint;
  readonly title: string | null;
  readonly sku: string | null;
  readonly dollars: number;
  readonly grams: number;
}

export interface Product {
  readonly id: bigint;
  readonly handle: string;
  readonly title: string;
  /** Shopify's product type, which merchants set freely. */
  readonly type: string;
  readonly vendor: string;
  readonly variants: readonly Variant[];
}

export const CATALOGUE: readonly Product[] = [
  {
    id: 7000000000001n,
    handle: "ornament",
    title: "Personalized Ornament",
    type: "Home",
    vendor: "Kiln & Co",
    variants: [
      { id: 40000000000001n, title: '4" x 2.75"/ Acrylic', sku: "ORN-ACR", dollars: 15.95, grams: 90 },
      { id: 40000000000002n, title: '4" x 2.75"/ Wood', sku: "ORN-WD", dollars: 18.5, grams: 120 },
    ],
  },
  {
    id: 7000000000002n,
    handle: "six-pack",
    title: "6-pack",
    type: "Wine",
    vendor: "Example Cellars",
    variants: [{ id: 40000000000003n, title: null, sku: "WS6P25", dollars: 176, grams: 8400 }],
  },
  {
    id: 7000000000003n,
    handle: "converter",
    title: "DC Boost converter",
    type: "",
    vendor: "Lahore Parts",
    variants: [{ id: 40000000000004n, title: null, sku: "B365,krt169", dollars: 12.6, grams: 40 }],
  },
  {
    id: 7000000000004n,
    handle: "tee",
    title: "Tandem Tee",
    type: "Shirts",
    vendor: "Tandem",
    variants: [
      { id: 40000000000005n, title: "S / Black", sku: "TEE-S-BLK", dollars: 29, grams: 180 },
      { id: 40000000000006n, title: "M / Black", sku: null, dollars: 29, grams: 190 },
    ],
  },
  {
    id: 7000000000005n,
    handle: "gift-card",
    title: "Gift Card",
    type: "Gift Cards",
    vendor: "Tandem",
    variants: [{ id: 40000000000007n, title: "$25.00", sku: null, dollars: 25, grams: 0 }],
  },
];

export const findVariant = (id: bigint): { product: Product; variant: Variant } | undefined => {
  for (const product of CATALOGUE) {
    const variant = product.variants.find((each) => each.id === id);
    if (variant) return { product, variant };
  }
  return undefined;
};
