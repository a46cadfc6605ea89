import { randomBytes } from "node:crypto";

import type { Store } from "@prisma/client";
import { z } from "zod";

import { asList } from "../conversions/read-json.ts";
import type { GraphClient } from "../meta/graph-client.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import { openDatasetToken } from "../stores/datasets/open-dataset-token.server.ts";
import { liveTestEventCode } from "../stores/datasets/test-event-code.server.ts";
import { testPixelHit, testServerEvent, type TestPurchase } from "./test-purchase.ts";
import { sayText } from "../texts/texts.ts";
import "../texts/areas/test-events.ts";

const testStep = z.object({
  step: z.enum(["prepared", "browser", "server"]),
  outcome: z.enum(["running", "ok", "failed"]),
  /** Unix milliseconds. */
  at: z.number(),
  detail: z.string().optional(),
  fbtraceId: z.string().optional(),
});

export type TestStep = Readonly<z.infer<typeof testStep>>;
export type TestStepName = TestStep["step"];

export interface TestRunView {
  readonly id: string;
  readonly eventId: string;
  readonly datasetId: string;
  readonly startedAt: number;
  readonly steps: readonly TestStep[];
}

export interface TestPurchaseDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly graph: Pick<GraphClient, "sendEvents">;
  readonly trUrl: string;
  /** Opens the dataset's token. */
  readonly secretBox: Pick<SecretBox, "open">;
}

export type TestPurchaseOutcome =
  | { readonly kind: "run"; readonly run: TestRunView; readonly hitUrl: string | null }
  | { readonly kind: "problem"; readonly text: string };

type TestStore = Pick<
  Store,
  "id" | "shop" | "currency" | "storefrontUrl" | "testEventCode" | "testEventCodeExpiresAt"
>;

/** Writes the run down and says which image the page shall load: the browser's copy leaves from a real browser. */
export async function startTestPurchase(
  deps: TestPurchaseDependencies,
  store: TestStore,
  datasetRow: string,
): Promise<TestPurchaseOutcome> {
  const now = deps.clock();
  const code = liveTestEventCode(store, now);
  if (code === null) return { kind: "problem", text: sayText({ key: "testEvents.problem.codeFirst" }) };
  const dataset = /^\d{1,18}$/.test(datasetRow)
    ? await deps.database.prisma.dataset.findFirst({
        where: { id: BigInt(datasetRow), storeId: store.id, state: "active" },
      })
    : null;
  if (!dataset) return { kind: "problem", text: sayText({ key: "testEvents.problem.notActive" }) };
  const eventId = `tandem-test-${randomBytes(6).toString("hex")}`;
  const steps: TestStep[] = [{ step: "prepared", outcome: "ok", at: now }];
  const run = await deps.database.prisma.testRun.create({
    data: {
      storeId: store.id,
      datasetId: dataset.id,
      startedAt: new Date(now),
      eventId,
      steps: steps.map((step) => ({ ...step })),
    },
  });
  return {
    kind: "run",
    run: { id: String(run.id), eventId, datasetId: dataset.datasetId, startedAt: now, steps },
    hitUrl: testPixelHit(deps.trUrl, dataset.datasetId, purchaseOf(store, eventId, now), code),
  };
}

/** What the page says became of its image. */
export async function recordBrowserCopy(
  deps: TestPurchaseDependencies,
  store: TestStore,
  runId: string,
  sent: boolean,
): Promise<TestPurchaseOutcome> {
  const step: TestStep = {
    step: "browser",
    outcome: sent ? "ok" : "failed",
    at: deps.clock(),
    ...(sent ? {} : { detail: sayText({ key: "testEvents.problem.blocked" }) }),
  };
  await appendOnce(deps.database, store.id, runId, step);
  return viewRun(deps.database, store.id, runId);
}

/** Sends the server's copy, once for each run however often it is asked. */
export async function sendServerCopy(
  deps: TestPurchaseDependencies,
  store: TestStore,
  runId: string,
  userAgent: string,
): Promise<TestPurchaseOutcome> {
  const begun: TestStep = { step: "server", outcome: "running", at: deps.clock() };
  if (!(await appendOnce(deps.database, store.id, runId, begun)))
    return viewRun(deps.database, store.id, runId);
  const run = await deps.database.prisma.testRun.findFirstOrThrow({
    where: { id: BigInt(runId), storeId: store.id },
  });
  const dataset = await deps.database.prisma.dataset.findFirst({
    where: { id: run.datasetId, storeId: store.id },
  });
  const code = liveTestEventCode(store, deps.clock());
  const token = dataset && openDatasetToken(deps, dataset);
  const failed = (detail: string): Omit<TestStep, "step" | "at"> => ({ outcome: "failed", detail });
  const outcome =
    !dataset || token === undefined || token === null
      ? failed(sayText({ key: "testEvents.problem.noToken" }))
      : code === null
        ? failed(sayText({ key: "testEvents.problem.codeEnded" }))
        : readAnswer(
            await deps.graph.sendEvents({
              datasetId: dataset.datasetId,
              token,
              testEventCode: code,
              events: [testServerEvent(purchaseOf(store, run.eventId, run.startedAt.getTime()), userAgent)],
            }),
          );
  const step: TestStep = { step: "server", at: deps.clock(), ...outcome };
  await deps.database.prisma.$executeRaw`
    UPDATE test_run SET finished_at = ${new Date(step.at)}::timestamptz,
      steps = (SELECT jsonb_agg(CASE WHEN s->>'step' = 'server' THEN ${JSON.stringify(step)}::jsonb ELSE s END)
               FROM jsonb_array_elements(steps) AS s)
    WHERE id = ${run.id}::bigint`;
  return viewRun(deps.database, store.id, runId);
}

/** The store's newest run, to be shown again after a reload. */
export async function readLastTestRun(database: Database, storeId: bigint): Promise<TestRunView | null> {
  const last = await database.prisma.testRun.findFirst({ where: { storeId }, orderBy: { id: "desc" } });
  if (!last) return null;
  const outcome = await viewRun(database, storeId, String(last.id));
  return outcome.kind === "run" ? outcome.run : null;
}

function readAnswer({
  answer,
}: Awaited<ReturnType<GraphClient["sendEvents"]>>): Omit<TestStep, "step" | "at"> {
  const trace = answer.fbtraceId === null ? {} : { fbtraceId: answer.fbtraceId };
  return answer.kind === "accepted"
    ? { outcome: "ok", ...trace }
    : {
        outcome: "failed",
        detail: answer.kind === "rejected" ? answer.message : sayText({ key: "testEvents.problem.part" }),
        ...trace,
      };
}

/** @returns false when the run has that step already, or is not this store's */
async function appendOnce(
  { prisma }: Database,
  storeId: bigint,
  runId: string,
  step: TestStep,
): Promise<boolean> {
  if (!/^\d{1,18}$/.test(runId)) return false;
  const changed = await prisma.$executeRaw`
    UPDATE test_run SET steps = steps || ${JSON.stringify([step])}::jsonb
    WHERE id = ${runId}::bigint AND store_id = ${storeId}::bigint
      AND NOT steps @> ${JSON.stringify([{ step: step.step }])}::jsonb`;
  return changed > 0;
}

async function viewRun({ prisma }: Database, storeId: bigint, runId: string): Promise<TestPurchaseOutcome> {
  const run = /^\d{1,18}$/.test(runId)
    ? await prisma.testRun.findFirst({ where: { id: BigInt(runId), storeId } })
    : null;
  if (!run) return { kind: "problem", text: sayText({ key: "testEvents.problem.gone" }) };
  const dataset = await prisma.dataset.findFirst({ where: { id: run.datasetId, storeId } });
  return {
    kind: "run",
    hitUrl: null,
    run: {
      id: String(run.id),
      eventId: run.eventId,
      datasetId: dataset?.datasetId ?? "",
      startedAt: run.startedAt.getTime(),
      steps: readSteps(run.steps),
    },
  };
}

/** The steps as they are stored; one that an older or a newer version wrote in another form is left out. */
function readSteps(stored: unknown): readonly TestStep[] {
  return asList(stored).flatMap((each) => testStep.safeParse(each).data ?? []);
}

function purchaseOf(store: TestStore, eventId: string, at: number): TestPurchase {
  return {
    eventId,
    eventTime: Math.floor(at / 1000),
    value: 1,
    currency: store.currency ?? "USD",
    pageUrl: store.storefrontUrl ?? `https://${store.shop}/`,
  };
}
