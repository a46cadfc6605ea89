import type { MoneySet, OrderLine, OrderPayload } from "../orders/order-shape.ts";
import { mapMoney, moneyBag } from "./value-views.ts";

/** One of a webhook line's `duties`, as Shopify's REST LineItem documents it. */
interface LineDuty extends MoneySet {
  id: string;
  tax_lines: unknown[];
}

/** A line item as the Admin API shows it; unit prices after discounts are the line's net divided by its quantity. */
export function viewLine(line: OrderLine, order: OrderPayload) {
  const gross = mapMoney(line.price_set, (amount) => amount * line.quantity);
  const off = (side: keyof MoneySet): number =>
    line.discount_allocations.reduce((sum, { amount_set }) => sum + Number(amount_set[side].amount), 0);
  const net = mapMoney(gross, (amount, side) => amount - off(side));
  const unitNet = mapMoney(net, (amount) => amount / line.quantity);
  const product =
    line.product_id === null
      ? null
      : {
          __typename: "Product",
          id: `gid://shopify/Product/${line.product_id}`,
          legacyResourceId: line.product_id.toString(),
          title: line.title,
          handle: line.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
          vendor: line.vendor ?? "",
        };
  return {
    ...line,
    __typename: "LineItem",
    id: `gid://shopify/LineItem/${line.id}`,
    currentQuantity: typeof line["current_quantity"] === "number" ? line["current_quantity"] : line.quantity,
    customAttributes: line.properties.map(({ name, value }) => ({ key: name, value })),
    discountAllocations: line.discount_allocations.map(({ amount_set }) => ({
      allocatedAmountSet: moneyBag(amount_set),
    })),
    discountedTotalSet: moneyBag(gross),
    discountedUnitPriceAfterAllDiscountsSet: moneyBag(unitNet),
    discountedUnitPriceSet: moneyBag(line.price_set),
    duties: ((line["duties"] as LineDuty[] | undefined) ?? []).map((duty) => ({
      ...duty,
      __typename: "Duty",
      id: `gid://shopify/Duty/${duty.id}`,
      price: moneyBag(duty),
      taxLines: duty.tax_lines,
    })),
    isGiftCard: line["gift_card"] === true,
    originalTotalSet: moneyBag(gross),
    originalUnitPriceSet: moneyBag(line.price_set),
    product,
    requiresShipping: line["requires_shipping"] === true,
    sellingPlan:
      typeof line["selling_plan_name"] === "string"
        ? {
            name: line["selling_plan_name"],
            sellingPlanId: `gid://shopify/SellingPlan/${String(line["selling_plan_id"])}`,
          }
        : null,
    taxLines: [],
    taxable: order["tax_exempt"] !== true,
    totalDiscountSet: moneyBag(mapMoney(line.price_set, (_amount, side) => off(side))),
    variant:
      line.variant_id === null || product === null
        ? null
        : {
            __typename: "ProductVariant",
            id: `gid://shopify/ProductVariant/${line.variant_id}`,
            legacyResourceId: line.variant_id.toString(),
            sku: line.sku,
            title: line.variant_title ?? "Default Title",
            product,
          },
  };
}
