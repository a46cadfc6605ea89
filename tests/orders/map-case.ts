import { buildConversion } from "#app/conversions/build-conversion.ts";
import { buildServerEvent } from "#app/meta/build-server-event.ts";
import type { Conversion } from "#app/conversions/model.ts";
import type { ServerEventOutcome } from "#app/meta/wire-event.ts";
import { parseBrowserReport } from "#app/conversions/parse-browser-report.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { parseSettings } from "#app/conversions/settings/parse-settings.ts";
import { readOrderFile } from "./cases.ts";
import type { OrderCase } from "./cases.ts";

/** One case through the whole mapping, as the app does it: text in, outcome out. */
export function mapCase(orderCase: OrderCase): {
  readonly conversion: Conversion;
  readonly outcome: ServerEventOutcome;
} {
  const parsed = parseOrder(readOrderFile(orderCase.order));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const settings = parseSettings(orderCase.settings ?? {});
  if (!settings.ok) throw new Error(settings.message);
  const report = orderCase.report === undefined ? undefined : parseBrowserReport(orderCase.report);
  if (report?.ok === false) throw new Error(report.message);
  const now = orderCase.now === undefined ? (parsed.order.updatedAt ?? 0) : Date.parse(orderCase.now);
  const conversion = buildConversion(parsed.order, settings.settings, { now });
  return { conversion, outcome: buildServerEvent(conversion, report?.received.report ?? null, { now }) };
}
