import { setTimeout as sleep } from "node:timers/promises";

import { writeJson } from "#sandbox/shopify/orders/order-json.ts";
import type { Fault } from "#sandbox/meta/faults/fault.ts";
import { ODD } from "#tests/security/odd-order.ts";

import { measureNeighbour } from "../neighbours.ts";
import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

/** Amounts, texts and numbers that a column may not hold, one field at a time. */
const FIELDS = [
  "name",
  "order_number",
  "current_total_price",
  "current_total_price_set",
  "currency",
  "processed_at",
  "created_at",
  "updated_at",
  "source_name",
  "checkout_token",
  "note_attributes",
  "line_items",
  "customer",
  "billing_address",
  "email",
  "phone",
  "client_details",
  "browser_ip",
  "landing_site",
  "order_status_url",
] as const;

const error = (fields: Readonly<Record<string, unknown>>, status = 400): Fault => ({
  kind: "raw_answer",
  status,
  body: JSON.stringify({ error: { code: 100, message: "no", fbtrace_id: "trace", ...fields } }),
});

/** Answers whose texts and codes no column holds. */
const ANSWERS: readonly Fault[] = [
  error({ message: `${"a".repeat(499)}😀` }),
  error({ fbtrace_id: "a\u0000b" }),
  error({ code: 99_999_999_999 }),
  error({ error_subcode: 1.5 }),
  error({ message: "x".repeat(10_000), error_user_title: "y".repeat(10_000) }),
  error({ message: "\ud83d alone" }, 500),
  {
    kind: "raw_answer",
    status: 200,
    processed: true,
    body: JSON.stringify({ events_received: 1, messages: ["\u0000"], fbtrace_id: "a\u0000b" }),
  },
];

/** A store full of orders and answers that cannot be stored, beside a healthy one. */
export async function run({ databaseKind, orders = 40 }: { databaseKind: DatabaseKind; orders?: number }) {
  const started = performance.now();
  const stage = await openStage({ databaseKind });
  try {
    const dataset = stage.datasetOf("sick");
    const statuses: Record<string, number> = {};
    const trouble = async (): Promise<void> => {
      let turn = 0;
      for (const field of FIELDS)
        for (const odd of ODD.slice(0, 1 + Math.ceil(orders / 4))) {
          const fault = ANSWERS[turn % ANSWERS.length];
          if (fault) stage.world.meta.setFaults([{ ...fault, dataset }]);
          stage.sendOdd("sick", (payload) => writeJson({ ...payload, [field]: odd }));
          // A good order too, for an odd answer to be about: Meta refuses it, so it need not arrive.
          if (turn % 5 === 0) stage.sendOdd("sick", writeJson);
          turn += 1;
          await sleep((orders * 250) / (FIELDS.length * 12));
        }
      stage.world.meta.setFaults([]);
    };
    const neighbours = await measureNeighbour(stage, { orders, everyMs: 250, trouble });
    stage.world.meta.setFaults([]);
    const verdict = await verify(stage, started, 120_000);
    for (const order of stage.sent.filter(({ isOdd }) => isOdd)) {
      const result = await order.outcome;
      const status = "status" in result ? String(result.status) : result.kind;
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    // A refused order is refused for good; anything else of class 5 would say that the database was thought to be away.
    const failed = Object.keys(statuses).filter((status) => !/^(?:200|401|422)$/.test(status));
    return {
      ...neighbours,
      oddStatuses: statuses,
      ...verdict,
      ok: verdict.ok && neighbours.neighboursHarmed === 0 && failed.length === 0,
    };
  } finally {
    await stage.close();
  }
}
