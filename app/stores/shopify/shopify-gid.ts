/** The digits of one of Shopify's global IDs, such as `gid://shopify/Shop/548380009`. Undefined for any other text. */
export function digitsOfGid(value: unknown, type: string): string | undefined {
  const prefix = `gid://shopify/${type}/`;
  if (typeof value !== "string" || !value.startsWith(prefix)) return undefined;
  const digits = value.slice(prefix.length);
  return /^[1-9][0-9]{0,19}$/.test(digits) ? digits : undefined;
}
