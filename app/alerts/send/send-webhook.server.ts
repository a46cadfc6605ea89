import { lookup as systemLookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";

import { Agent, errors, request } from "undici";

import { PUBLIC_RULES, readWebhookAddress, type WebhookRules } from "../channels/webhook-address.ts";
import { failed, isTlsCode, shortAnswer, type SendOutcome } from "./send-outcome.server.ts";
import type { SendProblem } from "./send-problems.ts";

export interface WebhookCall {
  /** As the merchant typed it; judged again at each call. */
  readonly address: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Never throws for anything that the wire or the other side does. */
export type SendWebhook = (call: WebhookCall) => Promise<SendOutcome>;

export type Resolve = (
  host: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** For tests; production takes none of it. */
export interface WebhookSenderOptions {
  readonly rules?: WebhookRules;
  readonly resolve?: Resolve;
  /** A certificate to trust besides the system's, PEM. */
  readonly ca?: string;
  /** Milliseconds for all of it. Default 10,000. */
  readonly timeoutMs?: number;
}

const LONGEST_CALL_MS = 10_000;
/** Read of an answer's body: enough to say what the other side thinks. Bytes. */
const MOST_READ = 4_096;

class NotPublic extends Error {
  override readonly name = "NotPublic";
}

/**
 * Sends to an address that a merchant chose, and to nowhere but the public internet: the connection is made to the very
 * addresses that were judged, so a name that resolves to something else a moment later gains nothing. No redirect is
 * followed, no proxy of the environment is asked, and no connection is kept for the next call.
 */
export function createWebhookSender(options: WebhookSenderOptions = {}): SendWebhook {
  const { rules = PUBLIC_RULES, resolve = resolveAll, timeoutMs = LONGEST_CALL_MS } = options;
  const lookup: LookupFunction = (host, wanted, callback) => {
    resolve(host).then(
      (found) => {
        const [first] = found;
        if (first === undefined || !found.every(({ address }) => rules.isAllowed(address)))
          return callback(new NotPublic("the name leads to an address that is not public"), "", 0);
        if (wanted.all) return callback(null, [...found]);
        return callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, "", 0),
    );
  };
  return async ({ address, body, headers }) => {
    const judged = readWebhookAddress(address, rules);
    if (!judged.ok)
      return judged.problem === "notPublic"
        ? failed("notPublic", "", false)
        : failed("badAddress", "", false);
    const agent = new Agent({
      connect: { lookup, timeout: timeoutMs, ...(options.ca === undefined ? {} : { ca: options.ca }) },
    });
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await request(judged.url, {
        method: "POST",
        dispatcher: agent,
        signal: timeout,
        headers: { "content-type": "application/json", "user-agent": "Tandem", ...headers },
        body,
      });
      // Accepted is accepted, however its text goes on.
      const text = await readSome(answer.body).catch(() => "");
      return judgeStatus(answer.statusCode, text);
    } catch (error) {
      const problem = timeout.aborted ? "timeout" : nameProblem(error);
      return failed(problem, "", problem !== "notPublic");
    } finally {
      void agent.destroy();
    }
  };
}

const resolveAll: Resolve = (host) => systemLookup(host, { all: true });

function judgeStatus(status: number, text: string): SendOutcome {
  const answer = shortAnswer(`${status} ${text}`);
  if (status >= 200 && status < 300) return { kind: "sent", answer };
  if (status >= 300 && status < 400) return failed("redirect", String(status));
  if (status === 410) return failed("gone", answer, false);
  return failed("status", answer);
}

async function readSome(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    // Leaving the loop destroys the stream and with it the connection.
    if (size >= MOST_READ) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_READ).toString("utf8");
}

function nameProblem(error: unknown): SendProblem {
  if (error instanceof NotPublic) return "notPublic";
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.ConnectTimeoutError)
    return "timeout";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOTFOUND" || code === "ENODATA") return "notFound";
  return isTlsCode(code) ? "tls" : "unreachable";
}
