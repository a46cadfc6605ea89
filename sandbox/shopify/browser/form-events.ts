import type { PersonalField, PixelPage } from "../storefront/platform-parts.ts";

/** `data` of product_added_to_cart, of what the visitor chose in the product's form. */
export function cartLineOf(page: PixelPage, typed: FormData): unknown {
  const merchandise = page.goods[text(typed, "id")];
  const quantity = Number(typed.get("quantity") ?? 1);
  if (!merchandise) return { cartLine: null };
  const { amount, currencyCode } = merchandise.price;
  const cost = { totalAmount: { amount: Math.round(amount * quantity * 1000) / 1000, currencyCode } };
  return { cartLine: { merchandise, quantity, cost } };
}

/** `data` of payment_info_submitted: the checkout with what the buyer typed, as far as the store's scopes let pixels see it. */
export function checkoutOf(page: PixelPage, typed: FormData): unknown {
  const may = (field: PersonalField, name: string) =>
    (page.told.includes(field) && text(typed, name)) || null;
  const address = {
    firstName: may("name", "first"),
    lastName: may("name", "last"),
    address1: may("address", "street"),
    city: may("address", "city"),
    zip: may("address", "zip"),
    provinceCode: may("address", "provinceCode"),
    countryCode: may("address", "country"),
    phone: may("phone", "phone"),
  };
  const known = Object.values(address).some(Boolean);
  return {
    checkout: {
      ...page.checkout,
      email: may("email", "email"),
      phone: may("phone", "phone"),
      billingAddress: known ? address : null,
      shippingAddress: known ? address : null,
    },
  };
}

function text(typed: FormData, name: string): string {
  const value = typed.get(name);
  return typeof value === "string" ? value.trim() : "";
}
