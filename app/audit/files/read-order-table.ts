import { readCountryCode } from "../../conversions/customer/country-codes.ts";
import { kindOfSale } from "../../conversions/order/kind-of-sale.ts";
import { demandColumns, findColumns, type ColumnNames } from "./columns.ts";
import { isPaidStatus, isTestGateway, rightAmounts, sharedKeys, type FileOrder } from "./file-order.ts";
import { FileProblem } from "./file-problem.ts";
import { readAmount, readCurrency } from "./read-cell.ts";
import { timeOf } from "./read-event-table.ts";
import type { TableRow } from "./read-table.server.ts";

/** As the export of orders in Shopify's admin calls them. */
const NAMES = {
  name: ["Name", "Order", "Order name"],
  id: ["Id", "Order ID"],
  status: ["Financial Status", "Payment status"],
  paidAt: ["Paid at"],
  createdAt: ["Created at"],
  currency: ["Currency"],
  subtotal: ["Subtotal"],
  shipping: ["Shipping"],
  taxes: ["Taxes"],
  total: ["Total"],
  refunded: ["Refunded Amount"],
  gateway: ["Payment Method"],
  source: ["Source"],
  tags: ["Tags"],
  email: ["Email"],
  phone: ["Phone"],
  billingName: ["Billing Name"],
  billingCity: ["Billing City"],
  billingZip: ["Billing Zip"],
  billingProvince: ["Billing Province"],
  billingCountry: ["Billing Country"],
  billingPhone: ["Billing Phone"],
  shippingName: ["Shipping Name"],
  shippingCity: ["Shipping City"],
  shippingZip: ["Shipping Zip"],
  shippingProvince: ["Shipping Province"],
  shippingCountry: ["Shipping Country"],
  shippingPhone: ["Shipping Phone"],
} as const satisfies ColumnNames;

type Thing = keyof typeof NAMES;

/** Of which columns a key of customer information is made. */
const KEYS: Readonly<Record<string, readonly Thing[]>> = {
  em: ["email"],
  ph: ["phone", "billingPhone", "shippingPhone"],
  fn: ["billingName", "shippingName"],
  ln: ["billingName", "shippingName"],
  ct: ["billingCity", "shippingCity"],
  st: ["billingProvince", "shippingProvince"],
  zp: ["billingZip", "shippingZip"],
  country: ["billingCountry", "shippingCountry"],
};

/**
 * Shopify's export: a row per line item, the order's own cells on its first row alone. The other rows say nothing new and
 * are passed over.
 *
 * @throws FileProblem
 */
export async function* readOrderTable(
  rows: AsyncIterable<TableRow>,
  file: string,
  now: number,
): AsyncGenerator<FileOrder> {
  let read: ((row: TableRow) => FileOrder | null) | undefined;
  for await (const row of rows) {
    if (!read) {
      read = readerOf(row.cells, file, now);
      continue;
    }
    const order = read(row);
    if (order) yield order;
  }
}

function readerOf(head: readonly string[], file: string, now: number): (row: TableRow) => FileOrder | null {
  const columns = findColumns(head, NAMES, file);
  demandColumns(columns, NAMES, ["name", "status", "createdAt", "currency", "total"], file);
  const cell = ({ cells }: TableRow, thing: Thing) => (cells[columns[thing] ?? -1] ?? "").trim();
  const place = (row: TableRow, thing: Thing) => ({ file, line: row.line, column: NAMES[thing][0] });
  const amount = (row: TableRow, thing: Thing): number | null => {
    const text = cell(row, thing);
    if (text === "") return null;
    const value = readAmount(text);
    if (value === undefined) throw new FileProblem(place(row, thing), "number");
    return value;
  };
  const time = (row: TableRow, thing: Thing) => {
    const text = cell(row, thing);
    return text === "" ? null : timeOf(text, now, place(row, thing));
  };
  const hasKeys = columns.email !== undefined;
  let last = "";
  return (row) => {
    const name = cell(row, "name");
    if (name === "") throw new FileProblem(place(row, "name"), "name");
    const status = cell(row, "status");
    const isMore = name === last && status === "";
    last = name;
    if (isMore) return null;
    if (status === "") throw new FileProblem(place(row, "status"), "name");
    const created = time(row, "createdAt");
    if (created === null) throw new FileProblem(place(row, "createdAt"), "time");
    const paid = time(row, "paidAt");
    const currency = readCurrency(cell(row, "currency"));
    if (currency === undefined) throw new FileProblem(place(row, "currency"), "currency");
    const total = amount(row, "total");
    const gateway = cell(row, "gateway");
    const id = cell(row, "id");
    const sourceName = cell(row, "source");
    const keys = Object.entries(KEYS).flatMap(([key, things]) =>
      things.some((thing) => cell(row, thing) !== "") ? [key] : [],
    );
    return {
      line: row.line,
      name: nameOf(name),
      orderId: /^\d{1,20}$/.test(id) ? id : null,
      number: numberIn(name),
      day: paid?.day ?? created.day,
      paidAt: paid?.at ?? null,
      placedAt: created.at,
      isPaid: isPaidStatus(status),
      isTest: isTestGateway(gateway),
      source: kindOfSale({
        ...(sourceName !== "" && { sourceName }),
        tags: cell(row, "tags")
          .split(",")
          .map((tag) => tag.trim())
          .filter((tag) => tag !== ""),
        gateways: gateway === "" ? [] : [gateway],
        lines: [],
      }),
      currency,
      total,
      amounts: rightAmounts({
        total,
        subtotal: amount(row, "subtotal"),
        shipping: amount(row, "shipping"),
        tax: amount(row, "taxes"),
        refunded: amount(row, "refunded"),
      }),
      country: readCountryCode(cell(row, "billingCountry") || cell(row, "shippingCountry")) ?? null,
      keys: hasKeys ? sharedKeys(keys) : null,
      landedByAd: null,
    };
  };
}

const LONGEST_NAME = 60;

/** As it may be shown: a merchant's own word for an order, which nobody else's text stands in. */
export function nameOf(name: string): string {
  return name
    .toWellFormed()
    .replace(/\p{Cc}/gu, " ")
    .slice(0, LONGEST_NAME)
    .toWellFormed();
}

/** The number within a name such as "#1001" or "RH-1001"; null where there is none or more than one. */
export function numberIn(name: string): string | null {
  const found = name.slice(0, LONGEST_NAME).match(/\d+/g) ?? [];
  const [number] = found;
  return found.length === 1 && number !== undefined && number.length <= 20 ? number : null;
}
