/**
 * npm run payload -- ORDER.json [--report FILE] [--settings FILE] [--now ISO] [--explain]
 *
 * Prints the Conversions API event that an order would send, or the reason why it would send none, as JSON. Works on
 * files alone: no database, no environment, no network.
 *
 * `--help` lists the settings that the file may hold, with their values.
 *
 * Exit 0: an answer was printed. Exit 2: one line on stderr says what is wrong with the input.
 */
import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildConversion } from "#app/conversions/build-conversion.ts";
import { buildServerEvent } from "#app/meta/build-server-event.ts";
import { explainOutcome, skippedBecause } from "#app/meta/explain-outcome.ts";
import type { BrowserReport } from "#app/conversions/model.ts";
import type { ConversionSettings } from "#app/conversions/settings/settings.ts";
import type { OrderFacts } from "#app/conversions/order/order-facts.ts";
import { parseBrowserReport } from "#app/conversions/parse-browser-report.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { parseSettings } from "#app/conversions/settings/parse-settings.ts";
import { parseTime } from "#app/conversions/order/read-order.ts";
import { describeFileSettings } from "./describe-settings.ts";

const USAGE =
  "usage: npm run payload -- ORDER.json [--report FILE] [--settings FILE] [--now ISO] [--explain]";

/** Something is wrong with what the user gave us; the message is all there is to say. */
class InputError extends Error {}

/** @returns null where help is asked for */
function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        report: { type: "string" },
        settings: { type: "string" },
        now: { type: "string" },
        explain: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return null;
    const [orderFile, ...more] = positionals;
    if (orderFile === undefined || more.length > 0) throw new InputError(USAGE);
    return { orderFile, ...values };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const [firstLine] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new InputError(`${firstLine ?? ""} (${USAGE})`);
  }
}

function readFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new InputError(`cannot read ${path}: ${code}`);
  }
}

function readJson(path: string): unknown {
  const text = readFile(path);
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`${path} is not JSON`);
  }
}

function readOrder(path: string): OrderFacts {
  const parsed = parseOrder(readFile(path));
  if (!parsed.ok) throw new InputError(`${path}: ${parsed.problem.message} (${parsed.problem.code})`);
  return parsed.order;
}

function readSettings(path: string | undefined): ConversionSettings {
  const parsed = parseSettings(path === undefined ? {} : readJson(path));
  if (!parsed.ok)
    throw new InputError(`${path ?? "settings"}: ${parsed.message} (--help lists the settings)`);
  return parsed.settings;
}

/** A report written by hand may leave out what only the pixel's transport needs. */
function readReport(path: string | undefined, order: OrderFacts): BrowserReport | null {
  if (path === undefined) return null;
  const body = readJson(path);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new InputError(`${path}: a browser report is a JSON object`);
  }
  const envelope = { v: 1, shop: "unknown", checkoutToken: order.checkoutToken ?? "unknown" };
  const parsed = parseBrowserReport({ ...envelope, ...body });
  if (!parsed.ok) throw new InputError(`${path}: ${parsed.message}`);
  return parsed.received.report;
}

/** Old files can be tried because the clock stands where the order was last touched. Unix milliseconds. */
function readNow(text: string | undefined, order: OrderFacts): number {
  if (text === undefined) return order.updatedAt ?? order.processedAt ?? order.createdAt ?? Date.now();
  const now = parseTime(text) ?? parseTime(`${text}T00:00:00Z`);
  if (now === undefined) throw new InputError(`--now wants a time such as 2025-10-24T07:00:00Z, not ${text}`);
  return now;
}

const HELP = `${USAGE}

Settings that the JSON file of --settings may hold, each of them optional (docs/settings.md):

${describeFileSettings()}`;

function answer(options: NonNullable<ReturnType<typeof readArguments>>): unknown {
  const order = readOrder(options.orderFile);
  const settings = readSettings(options.settings);
  const report = readReport(options.report, order);
  const now = readNow(options.now, order);
  const conversion = buildConversion(order, settings, { now });
  const outcome = buildServerEvent(conversion, report, { now });
  if (options.explain) return explainOutcome(conversion, outcome, report);
  return outcome.kind === "event" ? outcome.event : skippedBecause(outcome);
}

/** The command without its process, so that tests can call it. */
export function runPayload(args: readonly string[]): { readonly exitCode: number; readonly output: string } {
  try {
    const options = readArguments(args);
    return { exitCode: 0, output: options ? JSON.stringify(answer(options), null, 2) : HELP };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { exitCode: 2, output: `payload: ${error.message.replace(/\s+/g, " ")}` };
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { exitCode, output } = runPayload(process.argv.slice(2));
  if (exitCode === 0) console.log(output);
  else console.error(output);
  process.exitCode = exitCode;
}
