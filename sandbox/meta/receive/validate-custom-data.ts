import { isFiniteNumber, isNumericId, isObject, isText, isWholeNumber } from "./json-shape.ts";
import { parameterError, ruleError, type Rejection } from "./rejection.ts";

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));
const DELIVERY_CATEGORIES = new Set(["in_store", "curbside", "home_delivery"]);
/** The enum of Meta's server event page; inside custom_data only (audit.md section 4). */
const SEGMENTATIONS = new Set([
  ...["new_customer_to", "existing_customer_to"].flatMap((who) =>
    ["business", "business_line", "product_area", "medium"].map((what) => `${who}_${what}`),
  ),
  "customer_in_loyalty_program",
]);
const CONTENT_TYPES = new Set(["product", "product_group"]);

/** Checks `custom_data` of one event (meta.md 1.7). Extra properties of any shape are accepted, as recorded. */
export function checkCustomData(given: unknown, eventName: string, path: string): Rejection | undefined {
  if (given === undefined) return eventName === "Purchase" ? ruleError(2804009) : undefined;
  const place = `${path}['custom_data']`;
  if (!isObject(given)) return parameterError("Expected an object", place);
  return (
    checkMoney(given, eventName, place) ?? checkContents(given.contents, place) ?? checkOthers(given, place)
  );
}

function checkMoney(data: Record<string, unknown>, eventName: string, place: string): Rejection | undefined {
  const { value, currency } = data;
  if (value === undefined) {
    if (eventName === "Purchase") return ruleError(2804009);
  } else if (!isFiniteNumber(value)) {
    return parameterError("Expected a number", `${place}['value']`);
  } else if (currency === undefined) {
    return ruleError(2804023);
  }
  if (currency === undefined) return undefined;
  // Lowercase is accepted as recorded; anything that is no ISO 4217 code is not.
  const known = typeof currency === "string" && CURRENCIES.has(currency.toUpperCase());
  return known ? undefined : parameterError("Expected an ISO 4217 code", `${place}['currency']`);
}

function checkContents(contents: unknown, place: string): Rejection | undefined {
  if (contents === undefined) return undefined;
  if (!Array.isArray(contents)) return parameterError("Expected a list", `${place}['contents']`);
  for (const [index, item] of contents.entries()) {
    const itemPlace = `${place}['contents'][${index}]`;
    if (!isObject(item)) return parameterError("Expected an object", itemPlace);
    const { id, quantity, item_price: price, delivery_category: category } = item;
    if (id === undefined || id === null || id === "") return ruleError(2804008);
    if (!isText(id) && !isNumericId(id)) return parameterError("Expected a string", `${itemPlace}['id']`);
    if (quantity !== undefined && !(isWholeNumber(quantity) && quantity > 0)) {
      return parameterError("Expected a positive integer", `${itemPlace}['quantity']`);
    }
    if (price !== undefined && !isFiniteNumber(price)) {
      return parameterError("Expected a number", `${itemPlace}['item_price']`);
    }
    const rejection = checkChoice(category, DELIVERY_CATEGORIES, `${itemPlace}['delivery_category']`);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}

function checkOthers(data: Record<string, unknown>, place: string): Rejection | undefined {
  const ids = data.content_ids;
  if (ids !== undefined && !(Array.isArray(ids) && ids.every((id) => isText(id) || isNumericId(id)))) {
    return parameterError("Expected a list of strings", `${place}['content_ids']`);
  }
  if (data.num_items !== undefined && !isNumericId(data.num_items)) {
    return parameterError("Expected an integer", `${place}['num_items']`);
  }
  for (const key of ["order_id", "content_name", "content_category"]) {
    if (data[key] !== undefined && !isText(data[key]))
      return parameterError("Expected a string", `${place}['${key}']`);
  }
  for (const key of ["net_revenue", "predicted_ltv"]) {
    if (data[key] !== undefined && !isFiniteNumber(data[key])) {
      return parameterError("Expected a number", `${place}['${key}']`);
    }
  }
  return (
    checkChoice(data.customer_segmentation, SEGMENTATIONS, `${place}['customer_segmentation']`) ??
    checkChoice(data.content_type, CONTENT_TYPES, `${place}['content_type']`) ??
    checkChoice(data.delivery_category, DELIVERY_CATEGORIES, `${place}['delivery_category']`)
  );
}

function checkChoice(value: unknown, choices: ReadonlySet<string>, place: string): Rejection | undefined {
  if (value === undefined || (typeof value === "string" && choices.has(value))) return undefined;
  return parameterError(`Expected one of ${[...choices].join(", ")}`, place);
}
