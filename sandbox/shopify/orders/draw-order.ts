import { CATALOGUE } from "./catalogue.ts";
import type { LineWish, OrderKind, OrderWish } from "./order-wish.ts";
import type { NameValue } from "./order-shape.ts";
import type { Random } from "./seeded-random.ts";
import type { StoreSpec } from "../store.ts";

/** What nobody asked for is drawn: the mix that a mid-sized store sees. */
const DAY = 86_400_000;

export function drawLines(random: Random): LineWish[] {
  return Array.from({ length: random.pick([1, 1, 1, 2, 2, 3]) }, () => ({
    variantId: random.pick(random.pick(CATALOGUE).variants).id,
    quantity: random.pick([1, 1, 1, 2, 3]),
  }));
}

export function drawLanding(kind: OrderKind, random: Random): string | null {
  if (kind !== "web") return null;
  return random.pick([
    "/",
    "/products/tee",
    `/products/ornament?utm_source=facebook&fbclid=IwZX${random.text(24)}_aem_${random.text(8)}`,
    "/discount/vip30?utm_source=Klaviyo&utm_medium=email",
    null,
  ]);
}

export function drawReferrer(kind: OrderKind, random: Random): string | null {
  return kind === "web"
    ? random.pick(["https://l.facebook.com/", "https://www.google.com/", "", null])
    : null;
}

/** Cart attributes as other programs leave them; our own pair among them half of the time. */
export function drawAttributes(kind: OrderKind, random: Random, at: number): NameValue[] {
  if (kind !== "web" || random.chance(0.3)) return [];
  const attributes = [{ name: "_source", value: "Rebuy" }];
  if (random.chance(0.7)) {
    attributes.push({
      name: "_fbp",
      value: `fb.1.${at - random.int(1, 90) * DAY}.${random.int(100_000_000, 2_147_483_647)}`,
    });
    attributes.push({ name: "_tandem_consent", value: random.chance(0.9) ? "m1a1p1s1" : "m0a0p0s0" });
  }
  if (random.chance(0.4)) {
    attributes.push({
      name: "_fbc",
      value: `fb.1.${at - random.int(1, 48) * 3_600_000}.IwZX${random.text(24)}_aem_${random.text(8)}`,
    });
  }
  return attributes;
}

/**
 * A wish drawn from the mix a mid-sized store sees: mostly web, some other sources, about one in ten in a foreign
 * currency, a few discounts, a rare huge ID. Never a test order (ask for those by name).
 */
export function drawWish(store: StoreSpec, random: Random): OrderWish {
  const kind = random.pick<OrderKind>([
    "web",
    "web",
    "web",
    "web",
    "web",
    "web",
    "web",
    "pos",
    "draft",
    "renewal",
    "channel_app",
  ]);
  return {
    kind,
    ...(random.chance(0.1) && kind === "web"
      ? { presentment: random.pick(["GBP", "EUR", "JPY", "CAD"].filter((each) => each !== store.currency)) }
      : {}),
    ...(random.chance(0.15) ? { discountPercent: random.pick([10, 25, 40]) } : {}),
    ...(random.chance(0.03) ? { hugeId: true } : {}),
    ...(random.chance(0.1) ? { consentObjects: true } : {}),
    ...(kind === "pos" && random.chance(0.5) ? { withoutCustomer: true } : {}),
  };
}
