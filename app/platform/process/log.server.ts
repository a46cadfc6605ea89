import { pino, type Logger, type LoggerOptions } from "pino";

import { createLineWriter } from "./line-writer.server.ts";
import { createOutageLines } from "./outage-lines.ts";
import { currentRequest } from "./request-context.server.ts";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error" | "fatal"> & {
  child(bindings: object): Log;
};

/** Keys whose values never reach a log line, at any of the depths we log. */
const SECRET_KEYS = [
  "accessToken",
  "access_token",
  "refreshToken",
  "token",
  "authorization",
  "email",
  "phone",
  "firstName",
  "lastName",
  "ip",
  "clientIp",
  "userAgent",
  "checkoutToken",
  "id_token",
  "hmac",
];

/**
 * Meta's and Shopify's token shapes, e-mail addresses: cut out of every error text, whoever wrote it. Each begins where a
 * run of its characters begins and nowhere within it, so that a long run is read once (tests/unit/patterns.test.ts).
 */
const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/\bEAA[A-Za-z0-9]{20,}\b/g, "[token]"],
  [/\bshp(?:at|ua|ca|pa|ss|rt)_[A-Za-z0-9]+\b/g, "[token]"],
  [/(access_token|id_token|refresh_token|hmac)=[^&\s"']+/g, "$1=[token]"],
  [/(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+/g, "[email]"],
];

/** Three runs and more with dots between them, as signed tokens (RFC 7519) have them. */
const DOTTED = /(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g;
/** What a signed token begins with: `{"` in base64url. */
const TOKEN_START = /\beyJ/;

/** Characters of one text that are looked through and logged; far above any message or stack of ours. */
const MOST_TEXT = 16_384;

/**
 * A text with anything that looks like a token or an e-mail address cut out, at most 16,384 characters of it: outsiders
 * choose some of what is logged. The cut falls between two expressions, since half a token would not be known for one.
 */
export function redactText(text: string): string {
  const bounded = text.length <= MOST_TEXT ? text : `${cutBetweenWords(text)} [${text.length} characters]`;
  const withoutTokens = bounded.replace(DOTTED, (run) => {
    const start = run.search(TOKEN_START);
    const isToken = start >= 0 && run.slice(start).split(".", 3).length === 3;
    return isToken ? `${run.slice(0, start)}[token]` : run;
  });
  return SECRET_SHAPES.reduce((left, [shape, label]) => left.replace(shape, label), withoutTokens);
}

function cutBetweenWords(text: string): string {
  let end = MOST_TEXT;
  while (end > 0 && !/\s/.test(text[end] ?? "")) end -= 1;
  return text.slice(0, end);
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return redactText(String(error));
  return {
    type: error.name,
    message: redactText(error.message),
    ...("code" in error ? { code: error.code } : {}),
    stack: redactText(error.stack ?? ""),
  };
}

const OPTIONS = {
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label: string) => ({ level: label }) },
  serializers: { err: serializeError },
  /** A new object each time: pino writes the line's own fields into it. */
  mixin: (): { requestId?: string } => {
    const request = currentRequest();
    return request === undefined ? {} : { requestId: request.requestId };
  },
  redact: {
    paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
    censor: "[redacted]",
  },
};

/**
 * One JSON line per event; what is written while a request is served has its `requestId`. Lines whose `err` tells of trouble
 * with the database are put together (`createOutageLines`).
 * @param write where a line goes; default: standard output
 */
export function createLog(level: string, write?: (line: string) => void): Log {
  const destination = write ? { write } : standardOutput();
  const create = (options: LoggerOptions) => pino({ ...OPTIONS, ...options }, destination);
  const outages = createOutageLines(create({ level }));
  return create({
    level,
    hooks: {
      logMethod: function (args, method) {
        const [fields, message]: unknown[] = args;
        const error =
          typeof fields === "object" && fields !== null && "err" in fields ? fields.err : undefined;
        if (!outages.swallow(error, String(message))) method.apply(this, args);
      },
    },
  });
}

let output: ReturnType<typeof createLineWriter> | undefined;

/** One writer a process, since there is one standard output. */
function standardOutput() {
  if (output) return output;
  const writer = createLineWriter(1);
  process.on("exit", () => writer.flushSync());
  return (output = writer);
}
