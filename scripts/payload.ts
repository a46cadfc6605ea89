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
import { readCommand, type CommandText } from "./command-line/read-command.ts";
import { describeFileSettings } from "./describe-settings.ts";

/** Something is wrong with what the user gave us; the message is all there is to say. */
class InputError extends Error {}

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

const PAYLOAD: CommandText = {
  typed: "npm run payload",
  does: "Prints the Conversions API event that an order would send, or the reason why it would send none, as JSON.",
  takes: "a second; works on files alone",
  words: { form: "<order>", does: "file with an order as Shopify's orders/paid webhook has it (JSON)" },
  options: [
    { flags: "--report <file>", does: "what the buyer's browser reported (JSON)" },
    { flags: "--settings <file>", does: "the store's settings (JSON), listed below" },
    {
      flags: "--now <time>",
      does: "ISO 8601; the order's updated_at without it, so that old files can be tried",
    },
    { flags: "--explain", does: "says where each value comes from and what was left out" },
  ],
  more: `Settings that the JSON file of --settings may hold, each of them optional (docs/settings.md):

${describeFileSettings()}`,
};

type PayloadOptions = Readonly<Record<string, string | boolean | undefined>>;

function answer(orderFile: string, options: PayloadOptions): unknown {
  const fileOf = (name: string) => {
    const value = options[name];
    return typeof value === "string" ? value : undefined;
  };
  const order = readOrder(orderFile);
  const settings = readSettings(fileOf("settings"));
  const report = readReport(fileOf("report"), order);
  const now = readNow(fileOf("now"), order);
  const conversion = buildConversion(order, settings, { now });
  const outcome = buildServerEvent(conversion, report, { now });
  if (options["explain"] === true) return explainOutcome(conversion, outcome, report);
  return outcome.kind === "event" ? outcome.event : skippedBecause(outcome);
}

/** The command without its process, so that tests can call it. */
export function runPayload(args: readonly string[]): { readonly exitCode: number; readonly output: string } {
  const read = readCommand(PAYLOAD, args);
  if (read.kind === "said" && read.exitCode === 0) return read;
  try {
    if (read.kind === "said") throw new InputError(read.output);
    const [orderFile = ""] = read.words;
    return { exitCode: 0, output: JSON.stringify(answer(orderFile, read.options), null, 2) };
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
