import { purchase } from "../../extensions/contract/events/purchase.ts";
import { z } from "zod";

import { hashValue } from "../conversions/customer/hash-value.ts";
import type { BrowserReport } from "../conversions/model.ts";
import { parseBrowserReport } from "../conversions/parse-browser-report.ts";
import { asList, asRecord } from "../conversions/read-json.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import { answerReport, type AnswerDependencies, type PixelAnswer } from "./answer-report.server.ts";
import { ORDER_PAGE } from "./stored-report.server.ts";

const orderId = z
  .union([z.string(), z.number().int().positive()])
  .transform((id) => /(?:^|\/)(\d{1,20})$/.exec(String(id))?.[1])
  .pipe(z.string());
const envelope = z.looseObject({ v: z.literal(1), orderId });

/** A customer's order page, parsed. The token's place is taken by a mark: the page knows none. */
export interface OrderPageReport extends BrowserReport {
  readonly orderId: string;
}

/** Reads the same fields in the same way as a web pixel's report. */
export function parseOrderPage(value: unknown, receivedAt: number): OrderPageReport | undefined {
  const read = envelope.safeParse(value);
  if (!read.success) return undefined;
  const parsed = parseBrowserReport(
    { ...read.data, shop: "signed", checkoutToken: ORDER_PAGE },
    { receivedAt },
  );
  return parsed.ok ? { ...parsed.received.report, orderId: read.data.orderId } : undefined;
}

/**
 * A customer looks at an order of theirs. Whose it is, Shopify's signature tells: the signed-in customer must be the
 * order's. Fires where no browser has fired this order yet, within the time in which Meta still joins the copies.
 *
 * The visitor's address and browser are not taken from a proxied request: they may be Shopify's own.
 */
export async function answerOrderPage(
  deps: AnswerDependencies & { readonly metrics: Pick<Metrics, "meetings"> },
  page: {
    readonly storeId: bigint;
    readonly customerId: string | undefined;
    readonly report: OrderPageReport;
  },
): Promise<PixelAnswer> {
  const unknown = { fire: false, reason: "unknown_order" } as const;
  const { storeId, customerId, report } = page;
  const conversion = await deps.database.prisma.conversion.findUnique({
    where: {
      storeId_eventName_sourceKey: { storeId, eventName: purchase.name, sourceKey: report.orderId },
    },
    select: { id: true, document: true },
  });
  const customers = asList(asRecord(asRecord(conversion?.document)?.["customer"])?.["external_id"]);
  if (!conversion || customerId === undefined || !customers.includes(hashValue(customerId))) return unknown;
  deps.metrics.meetings.inc({ by: "order_page" });
  return answerReport(
    deps,
    conversion.id,
    {
      storeId,
      orderId: report.orderId,
      tokenHash: ORDER_PAGE,
      source: "order_page",
      report,
      receivedAt: report.receivedAt ?? deps.clock(),
    },
    undefined,
  );
}
