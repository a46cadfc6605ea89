import { asList, asRecord, readText, type JsonRecord } from "../../conversions/read-json.ts";
import { eventIdOf, eventName, type FileEvent } from "./file-event.ts";
import { FileProblem } from "./file-problem.ts";
import { timeOf } from "./read-event-table.ts";
import type { JsonObject } from "./split-json.ts";

/**
 * Events of Conversions API requests, `{"data": […], "test_event_code": …}`, or of events alone. All of them are server
 * copies. Of `user_data` nothing is read.
 *
 * @throws FileProblem `noEvent`, `noTime`, `time`, `future`
 */
export async function* readEventObjects(
  objects: AsyncIterable<JsonObject>,
  file: string,
  now: number,
): AsyncGenerator<FileEvent> {
  for await (const { line, value } of objects) {
    const events = "data" in value ? eventsOf(value["data"]) : "event_name" in value ? [value] : [];
    if (events.length === 0 && !("data" in value)) throw new FileProblem({ file, line }, "noEvent");
    const isTest = readText(value, "test_event_code") !== undefined;
    for (const event of events) yield readEvent(event, { file, line, now, isTest });
  }
}

/** A log may have kept the list as Meta's form field does: as JSON within the JSON. */
function eventsOf(data: unknown): readonly JsonRecord[] {
  let list = data;
  if (typeof data === "string")
    try {
      list = JSON.parse(data);
    } catch {
      return [];
    }
  return asList(list)
    .map(asRecord)
    .filter((each) => each !== undefined);
}

function readEvent(
  event: JsonRecord,
  at: { readonly file: string; readonly line: number; readonly now: number; readonly isTest: boolean },
): FileEvent {
  const { file, line, now, isTest } = at;
  const name = eventName(readText(event, "event_name") ?? "");
  if (name === "") throw new FileProblem({ file, line }, "noEvent");
  const written = readText(event, "event_time");
  if (written === undefined) throw new FileProblem({ file, line, column: "event_time" }, "noTime");
  const custom = asRecord(event["custom_data"]);
  const value = Number(readText(custom, "value") ?? NaN);
  const currency = (readText(custom, "currency") ?? "").toUpperCase();
  return {
    kind: "event",
    line,
    name,
    ...timeOf(written, now, { file, line, column: "event_time" }),
    eventId: eventIdOf(readText(event, "event_id") ?? ""),
    side: "server",
    value: Number.isFinite(value) ? value : null,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : null,
    count: 1,
    isTest,
    orderId: eventIdOf(readText(custom, "order_id") ?? ""),
  };
}
