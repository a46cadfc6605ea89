import products from "./catalogue.json" with { type: "json" };

/**
 * What every sandbox store sells. Prices in US dollars; each store shows them in its own currency. `type` is Shopify's
 * product type, which merchants set freely.
 */
export const CATALOGUE = products.map((product) => ({
  ...product,
  id: BigInt(product.id),
  variants: product.variants.map((variant) => ({ ...variant, id: BigInt(variant.id) })),
}));
export type Product = (typeof CATALOGUE)[number];
export type Variant = Product["variants"][number];

export const findVariant = (id: bigint): { product: Product; variant: Variant } | undefined => {
  for (const product of CATALOGUE) {
    const variant = product.variants.find((each) => each.id === id);
    if (variant) return { product, variant };
  }
  return undefined;
};
