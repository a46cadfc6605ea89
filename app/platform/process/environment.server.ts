import { z } from "zod";

import { DEFAULT_POOL_SIZE } from "../database/pool-share.ts";
import { findUnsafeSettings } from "./unsafe-settings.server.ts";

/**
 * Every variable the process reads, checked once at start. `.env.example` lists the same names (a test compares them).
 */

const flag = (fallback: "on" | "off") =>
  z
    .enum(["on", "off"])
    .default(fallback)
    .transform((value) => value === "on");
const wholeNumber = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().refine((value) => value >= min && value <= max, `must be between ${min} and ${max}`))
    .default(fallback);
const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .transform((value) => value.replace(/(?<!\/)\/+$/, ""));
/** An http(s) address whose path matters: a script, an endpoint. */
const httpAddress = z.url({ protocol: /^https?$/, error: "must be an http(s) address" });
/** No path, no parameters: they would be options of the mail library, such as one that switches certificates off. */
const SMTP_ADDRESS = /^smtps?:\/\/(?:[^@/?#\s]+@)?[^@/?#\s]+\/?$/;
/** On one line, with one address. */
const SENDER = /^(?:[^<>@,;:"\p{Cc}]{1,80} <[^\s<>@,;:"]+@[\w.-]+>|[^\s<>@,;:"]+@[\w.-]+)$/u;
function isSmtpAddress(address: string): boolean {
  if (!SMTP_ADDRESS.test(address)) return false;
  try {
    const { username, password } = new URL(address);
    return [username, password].map(decodeURIComponent).length === 2;
  } catch {
    return false;
  }
}
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]|[\w-]+\.localhost)(:\d+)?$/;

const variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  SHOPIFY_API_KEY: z.string().min(1, "is the client ID of the app in the Dev Dashboard"),
  SHOPIFY_API_SECRET: z.string().min(1, "is the client secret of the app in the Dev Dashboard"),
  SHOPIFY_APP_URL: httpUrl,
  APP_ENCRYPTION_KEY: z
    .string()
    .min(1, 'is 32 random bytes in base64: make one with "openssl rand -base64 32"'),
  APP_ENCRYPTION_KEYS_OLD: z.string().default(""),
  DATABASE_URL: z
    .string()
    .regex(
      /^(postgres(ql)?:\/\/.+)?$/,
      "must begin with postgresql:// (or be left out for the embedded database)",
    )
    .default(""),
  TANDEM_DATA_DIR: z.string().default(".data"),
  DATABASE_POOL: wholeNumber(DEFAULT_POOL_SIZE, 2, 200),
  HOST: z.string().default("0.0.0.0"),
  PORT: wholeNumber(3000, 0, 65_535),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  WORKER: flag("on"),
  META_GRAPH_URL: httpUrl.default("https://graph.facebook.com"),
  META_TR_URL: httpAddress.default("https://www.facebook.com/tr/"),
  META_FBEVENTS_URL: httpAddress.default("https://connect.facebook.net/en_US/fbevents.js"),
  TRUSTED_PROXIES: wholeNumber(0, 0, 10),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  SMTP_URL: z
    .string()
    .refine(
      isSmtpAddress,
      "must be smtp(s)://user:password@host:port and nothing more, with what is special in the password as %xx",
    )
    .optional(),
  ALERT_FROM: z
    .string()
    .regex(SENDER, 'must be an e-mail address, or a name with one: "Tandem <alerts@example.com>"')
    .optional(),
  OPERATOR: z.string().max(300, "must have at most 300 characters").optional(),
  SUPPORT_EMAIL: z.email("must be an e-mail address").optional(),
  HOSTED_IN: z.string().max(100, "must have at most 100 characters").optional(),
  APP_BRIDGE_URL: httpAddress.optional(),
  FRAME_ANCESTORS_LOCAL: z
    .string()
    .default("")
    .transform((value) => value.split(/\s+/).filter(Boolean))
    .pipe(
      z.array(
        z.string().regex(LOOPBACK, "may only name addresses of this machine, such as http://localhost:4100"),
      ),
    ),
});

/** Mail needs its server and its sender. */
const schema = variables.superRefine(({ SMTP_URL, ALERT_FROM }, context) => {
  if ((SMTP_URL === undefined) === (ALERT_FROM === undefined)) return;
  const path = [SMTP_URL === undefined ? "SMTP_URL" : "ALERT_FROM"];
  context.addIssue({ code: "custom", path, message: "is missing" });
});

export type Environment = Readonly<z.infer<typeof schema>>;

export type EnvironmentOutcome =
  | { readonly ok: true; readonly environment: Environment }
  /** One line per variable: its name, what is wrong, what to do. Never its value. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the variables; an empty string counts as absent, as in a copied `.env.example`. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): EnvironmentOutcome {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) {
    const unsafe = findUnsafeSettings(parsed.data);
    return unsafe.length === 0
      ? { ok: true, environment: parsed.data }
      : { ok: false, problems: unsafe.map((problem) => `${problem} See .env.example.`) };
  }
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? "environment");
      const missing = given[name] === undefined;
      return missing
        ? `${name} is missing. See .env.example for what it is and where to get it.`
        : `${name} ${issue.message.startsWith("must") || issue.message.startsWith("is") || issue.message.startsWith("may") ? issue.message : `is malformed: ${issue.message}`}. See .env.example.`;
    }),
  };
}

/** The names that the schema knows, for the test that compares them with `.env.example`. */
export const ENVIRONMENT_NAMES: readonly string[] = Object.keys(variables.shape);
