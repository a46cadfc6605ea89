import { pino, type Logger } from "pino";

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

/** Meta's and Shopify's token shapes, e-mail addresses: cut out of every error text, whoever wrote it. */
const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/\bEAA[A-Za-z0-9]{20,}\b/g, "[token]"],
  [/\bshp(?:at|ua|ca|pa|ss|rt)_[A-Za-z0-9]+\b/g, "[token]"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "[token]"],
  [/(access_token|id_token|refresh_token|hmac)=[^&\s"']+/g, "$1=[token]"],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, "[email]"],
];

/** A text with anything that looks like a token or an e-mail address cut out. */
export function redactText(text: string): string {
  return SECRET_SHAPES.reduce((left, [shape, label]) => left.replace(shape, label), text);
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

/** One JSON line per event on standard output. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: serializeError },
    redact: {
      paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
      censor: "[redacted]",
    },
  });
}
