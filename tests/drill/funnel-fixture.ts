import type { EventParameters } from "../../extensions/contract/events/event-declaration.ts";
import type {
  FunnelReport,
  ReportedEvent,
  ReportedVisitor,
} from "../../extensions/contract/funnel-report.ts";
import { createFunnel, type Funnel, type FunnelOptions } from "#app/funnel/funnel.server.ts";
import { createGraphClient } from "#app/meta/graph-client.server.ts";
import type { IncomingRequest } from "#app/platform/http/incoming-request.server.ts";
import type { Clock } from "#app/platform/process/clock.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import type { MetaSandbox } from "#sandbox/meta/start-meta.ts";

import { addDataset, secretBox, type FixtureDataset } from "./outbox-fixture.ts";

/** The funnel's parts on a test database, with a store whose dataset the sandbox's Meta knows. */

export const VISITOR_ADDRESS = "203.0.113.7";
export const USER_AGENT =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

/** The shop of `addDataset`. */
export function shopOf({ metaId }: FixtureDataset): string {
  return `store-${metaId}.myshopify.com`;
}

let events = 0;

/** One event of the contract, with an ID of its own unless one is given. */
export function reportedEvent(
  given: Partial<ReportedEvent> & { readonly name: string; readonly time: number },
): ReportedEvent {
  events += 1;
  const parameters: EventParameters = {
    content_ids: ["8101"],
    contents: [{ id: "8101", quantity: 1, item_price: 19.9 }],
    content_type: "product",
    content_name: "Trail bottle",
    num_items: 1,
    value: 19.9,
    currency: "EUR",
  };
  return {
    id: `sh-${events.toString(16).padStart(8, "0")}-6F1A-4B0C-9D2E-77AA5501CE10`,
    page: "https://shop.example.com/products/trail-bottle",
    outcome: "sent",
    visitor: 0,
    parameters,
    ...given,
  };
}

export function visitorWith(more: Partial<ReportedVisitor> = {}, now = Date.now()): ReportedVisitor {
  return { fbp: `fb.1.${now - 86_400_000}.1098115397`, ...more };
}

/** A request of one page. */
export function funnelReport(
  dataset: FixtureDataset,
  events: readonly ReportedEvent[],
  more: Partial<FunnelReport> = {},
): FunnelReport {
  return {
    v: 1,
    shop: shopOf(dataset),
    sentAt: Math.max(...events.map(({ time }) => time)),
    consent: { marketing: true, analytics: true, saleOfData: true },
    userAgent: USER_AGENT,
    visitors: [visitorWith()],
    events: [...events],
    ...more,
  };
}

/** As the pixel sends it: text/plain, from a worker that has no origin. */
export function requestOf(body: unknown, headers: Readonly<Record<string, string>> = {}): IncomingRequest {
  return new Request("https://app.example.com/pixel/events", {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "text/plain;charset=UTF-8", origin: "null", ...headers },
  });
}

export interface TestFunnel extends Funnel {
  /** Sends a report and gives the answer. */
  post(body: unknown, headers?: Readonly<Record<string, string>>, address?: string): Promise<Response>;
  readonly metrics: ReturnType<typeof createMetrics>;
  close(): Promise<void>;
}

export async function openFunnel(
  database: Database,
  graphUrl: string,
  clock: Clock,
  more: Partial<FunnelOptions> = {},
): Promise<TestFunnel> {
  const log = createLog("silent");
  const metrics = createMetrics();
  const graph = createGraphClient({ graphUrl, log, metrics });
  const funnel = await createFunnel(
    { database, graph, secretBox, clock, log, metrics, isMetaAway: () => false, random: () => 0.5, ...more },
    { add: () => undefined },
  );
  return {
    ...funnel,
    metrics,
    post: (body, headers, address = VISITOR_ADDRESS) => funnel.take(requestOf(body, headers), address),
    close: async () => {
      await funnel.stop();
      await funnel.worker.stop();
      await graph.close();
    },
  };
}

/** A store with an active dataset. */
export function addFunnelStore(
  database: Database,
  metaId: string,
  meta: MetaSandbox,
): Promise<FixtureDataset> {
  return addDataset(database, metaId, meta);
}

/** All deltas and tallies of a metric by label, over all days and currencies: `[count, amount]`. */
export async function talliesOf(
  database: Database,
  metric: string,
  datasetId?: bigint,
): Promise<Record<string, readonly [count: number, amount: number]>> {
  const rows = await database.prisma.$queryRaw<{ label: string; count: bigint; amount: string }[]>`
    SELECT label, sum(count)::bigint AS count, sum(amount)::text AS amount FROM (
      SELECT dataset_id, metric, label, count, amount FROM tally UNION ALL
      SELECT dataset_id, metric, label, count, amount FROM tally_delta) t
    WHERE metric = ${metric} AND (${datasetId ?? null}::bigint IS NULL OR dataset_id = ${datasetId ?? null}::bigint)
    GROUP BY label ORDER BY label`;
  return Object.fromEntries(rows.map(({ label, count, amount }) => [label, [Number(count), Number(amount)]]));
}
