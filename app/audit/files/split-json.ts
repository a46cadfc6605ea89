import { parseJson } from "../../conversions/order/parse-order.ts";
import { asRecord, type JsonRecord } from "../../conversions/read-json.ts";
import { FileProblem } from "./file-problem.ts";

export interface JsonObject {
  /** On which the object begins, from 1. */
  readonly line: number;
  readonly value: JsonRecord;
}

/** Thirty pages of Shopify's Admin API, or thirty full requests to Meta. */
const LONGEST_OBJECT = 32_000_000;

const CODE = { quote: 34, comma: 44, open: 123, close: 125, list: 91, listEnd: 93, back: 92, newline: 10 };

/**
 * The objects of a JSON file, one after the other, however large the file: a list of them, one a line, or simply one after
 * the other.
 *
 * @throws FileProblem `json`, `deep`, `longJson` with the line on which the object begins
 */
export async function* splitJson(text: AsyncIterable<string>, file: string): AsyncGenerator<JsonObject> {
  let line = 1;
  let begun = 1;
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  let isList = false;
  let parts: string[] = [];
  let held = 0;
  const problem = (fault: "json" | "deep" | "longJson", at = line) =>
    new FileProblem({ file, line: at }, fault);
  for await (const piece of text) {
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code === CODE.newline) line += 1;
      if (depth === 0) {
        if (code === CODE.open) {
          depth = 1;
          from = at;
          begun = line;
        } else if (code === CODE.list || code === CODE.listEnd) isList = code === CODE.list;
        else if (!isBetween(code)) throw problem("json");
      } else if (isText) {
        if (isEscaped) isEscaped = false;
        else if (code === CODE.back) isEscaped = true;
        else if (code === CODE.quote) isText = false;
      } else if (code === CODE.quote) isText = true;
      else if (code === CODE.open || code === CODE.list) depth += 1;
      else if (code === CODE.close || code === CODE.listEnd) {
        depth -= 1;
        if (depth === 0) {
          const parsed = parseJson(parts.join("") + piece.slice(from, at + 1));
          parts = [];
          held = 0;
          const value = "value" in parsed ? asRecord(parsed.value) : undefined;
          if (value === undefined)
            throw problem("problem" in parsed && parsed.problem.code === "too_deep" ? "deep" : "json", begun);
          yield { line: begun, value };
        }
      }
    }
    if (depth > 0) {
      parts.push(piece.slice(from));
      held += piece.length - from;
      if (held > LONGEST_OBJECT) throw problem("longJson", begun);
    }
  }
  if (depth > 0 || isList) throw problem("json", depth > 0 ? begun : line);
}

function isBetween(code: number): boolean {
  return code === CODE.comma || code === CODE.newline || code === 32 || code === 13 || code === 9;
}
