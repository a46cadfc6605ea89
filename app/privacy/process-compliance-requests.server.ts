import { Prisma, type ComplianceRequest } from "@prisma/client";

import { deleteCustomerEvents, exportCustomerEvents } from "../funnel/erase-funnel.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import { troubleOf } from "../platform/database/judge-failure.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import type { CheckInstallation } from "../stores/shopify/check-installation.server.ts";
import { isEmptySubject, readSubject, type Subject } from "./compliance-request.ts";
import { exportConversions } from "./export-customer.server.ts";
import { destroyExportsOf, leaveTrail } from "./export-trail.server.ts";
import { readSearch, searchOneStep, writeSearch, type Search } from "./find-customer-conversions.server.ts";
import { closeRedactedOrders, redactConversions } from "./redact-customer.server.ts";
import { redactShop } from "./redact-shop.server.ts";

/** Days that an export waits for the merchant to fetch it. */
const EXPORT_DAYS = 30;
const DAY_MS = 86_400_000;
/** Conversions redacted in one statement. */
const STEP = 500;

export interface ComplianceDependencies {
  readonly database: Database;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly log: Log;
  readonly checkInstallation: CheckInstallation;
}

export interface ComplianceRun {
  readonly done: number;
  readonly open: number;
  readonly overdue: number;
}

/** What the export of a request is sealed for: it opens for no other row. */
export function exportPurpose(requestId: bigint): string {
  return `compliance_request:${requestId}:export`;
}

/** Carries out every open request, the most urgent first. What the signal cuts, the next run goes on with. */
export async function processComplianceRequests(
  deps: ComplianceDependencies,
  signal: AbortSignal,
): Promise<ComplianceRun> {
  const { prisma } = deps.database;
  const open = await prisma.complianceRequest.findMany({
    where: { completedAt: null },
    orderBy: { dueAt: "asc" },
  });
  const now = deps.clock();
  let done = 0;
  for (const request of open) {
    if (signal.aborted) break;
    try {
      if (await carryOut(deps, request, signal)) done += 1;
    } catch (error) {
      deps.log.error(
        { err: error, request: String(request.id), topic: request.topic },
        "a compliance request failed",
      );
    }
  }
  const overdue = open.filter((request) => request.dueAt.getTime() < now).length;
  if (overdue > 0) deps.log.error({ overdue }, "compliance requests were open past their deadline");
  return { done, open: open.length - done, overdue };
}

/** @returns true when it is completed */
async function carryOut(
  deps: ComplianceDependencies,
  request: ComplianceRequest,
  signal: AbortSignal,
): Promise<boolean> {
  if (request.topic === "shop/redact") {
    const result = await redactShop(deps, {
      shop: request.shop,
      requestedAt: request.receivedAt.getTime(),
      signal,
    });
    if (result) await complete(deps, request, result);
    return result !== undefined;
  }
  const store = await deps.database.prisma.store.findUnique({ where: { shop: request.shop } });
  const subject = readSubject(request.subject);
  if (!store || isEmptySubject(subject)) {
    await complete(deps, request, { conversions: 0 });
    return true;
  }
  if (request.topic === "customers/redact")
    await closeRedactedOrders(deps.database, {
      storeId: store.id,
      orderIds: subject.orderIds,
      now: deps.clock(),
    });
  const search = await searchAll(deps, request, store, subject, signal);
  if (!search.finished) return false;
  return request.topic === "customers/redact"
    ? redact(deps, request, store.id, subject, search)
    : exportAll(deps, request, store.id, subject, search);
}

async function searchAll(
  { database }: ComplianceDependencies,
  request: ComplianceRequest,
  store: { readonly id: bigint; readonly erasedThrough: bigint },
  subject: Subject,
  signal: AbortSignal,
): Promise<Search> {
  let search = readSearch(request.progress) ?? (await searchOneStep(database, store, subject, undefined));
  while (!search.finished && !signal.aborted) {
    search = await searchOneStep(database, store, subject, search);
    await database.prisma.complianceRequest.update({
      where: { id: request.id },
      data: { progress: writeSearch(search) },
    });
  }
  return search;
}

/** Of two statements that wait for each other's rows (a settlement's and this one) the database refuses one. */
async function tryAgain<T>(work: () => Promise<T>, attempts = 3): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (attempts === 1 || troubleOf(error) !== "database_slow") throw error;
    return tryAgain(work, attempts - 1);
  }
}

async function redact(
  deps: ComplianceDependencies,
  request: ComplianceRequest,
  storeId: bigint,
  subject: Subject,
  search: Search,
): Promise<boolean> {
  let [conversions, withdrawn, leased] = [0, 0, 0];
  for (let from = 0; from === 0 || from < search.conversionIds.length; from += STEP) {
    const step = await tryAgain(() =>
      redactConversions(deps.database, {
        storeId,
        conversionIds: search.conversionIds.slice(from, from + STEP),
        orderIds: from === 0 ? subject.orderIds : [],
        now: deps.clock(),
      }),
    );
    conversions += step.conversions;
    withdrawn += step.withdrawn;
    leased += step.leased;
  }
  if (leased > 0) {
    await deps.database.prisma.complianceRequest.update({
      where: { id: request.id },
      data: { progress: writeSearch(search) },
    });
    return false;
  }
  const events = await deleteCustomerEvents(deps.database, storeId, subject);
  await destroyExportsOf(deps.database, request.shop, subject, search.conversionIds);
  await complete(deps, request, { conversions, withdrawn, ...(events > 0 && { events }) });
  return true;
}

async function exportAll(
  deps: ComplianceDependencies,
  request: ComplianceRequest,
  storeId: bigint,
  subject: Subject,
  search: Search,
): Promise<boolean> {
  const now = deps.clock();
  const { shop } = request;
  const orders = await exportConversions(deps.database, {
    shop,
    storeId,
    conversionIds: search.conversionIds,
    orderIds: subject.orderIds,
    now,
  });
  const events = await exportCustomerEvents(deps.database, storeId, subject);
  const text = JSON.stringify({ ...orders, events }, (_key, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  await complete(
    deps,
    request,
    { conversions: search.conversionIds.length },
    {
      sealedExport: deps.secretBox.seal(text, exportPurpose(request.id)),
      exportExpiresAt: new Date(now + EXPORT_DAYS * DAY_MS),
      // Stays as long as the export: a redaction finds by it what it must destroy.
      progress: await leaveTrail(deps.database, storeId, subject, search),
    },
  );
  return true;
}

/** Done: the hashes by which the customer was found go too, the count of what was found stays. */
async function complete(
  { database, clock }: ComplianceDependencies,
  request: ComplianceRequest,
  result: object,
  outcome: Prisma.ComplianceRequestUpdateInput = {},
): Promise<void> {
  await database.prisma.complianceRequest.update({
    where: { id: request.id },
    data: {
      completedAt: new Date(clock()),
      result: { ...result },
      subject: { orderIds: [] },
      progress: Prisma.DbNull,
      ...outcome,
    },
  });
}
