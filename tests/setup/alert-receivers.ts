import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";

import { SMTPServer } from "smtp-server";

import { makeSelfSigned } from "./self-signed.ts";

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came over the wire. */
  readonly raw: string;
}

export interface MailReceiver {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** What it answers to a recipient from now on; null = it takes the mail. */
  refuse(answer: { readonly code: number; readonly text: string } | null): void;
  /** What happens when it has taken the next mail and has not said so yet. */
  beforeAnswer(act: () => Promise<void>): void;
  clear(): void;
  close(): Promise<void>;
}

/** A real mail server on this machine that keeps what it is sent. */
export async function startMailReceiver(): Promise<MailReceiver> {
  const mails: ReceivedMail[] = [];
  let refusal: { readonly code: number; readonly text: string } | null = null;
  let act: (() => Promise<void>) | null = null;
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    onRcptTo: (_address, _session, done) =>
      refusal === null
        ? done()
        : done(Object.assign(new Error(refusal.text), { responseCode: refusal.code })),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString("utf8"),
        });
        const acting = act?.() ?? Promise.resolve();
        act = null;
        acting.then(() => done(), done);
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    refuse: (answer) => {
      refusal = answer;
    },
    beforeAnswer: (next) => {
      act = next;
    },
    clear: () => {
      mails.length = 0;
      refusal = null;
      act = null;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpsReceiver {
  readonly port: number;
  /** To be trusted by who calls it. */
  readonly cert: string;
  readonly calls: readonly ReceivedCall[];
  /** Answers from now on; by default 200 and "ok". */
  answer(how: (response: ServerResponse) => void): void;
  clear(): void;
  close(): Promise<void>;
}

/** The name that stands in its certificate. */
export const RECEIVER_HOST = "hooks.receiver.example";

/** A real HTTPS server on this machine with a certificate of its own. */
export async function startHttpsReceiver(): Promise<HttpsReceiver> {
  const { key, cert } = makeSelfSigned([RECEIVER_HOST, "127.0.0.1"]);
  const ok = (response: ServerResponse): void => {
    response.end("ok");
  };
  const calls: ReceivedCall[] = [];
  let how = ok;
  const server = createHttpsServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      calls.push({ method, path: url, headers, body: Buffer.concat(chunks).toString("utf8") });
      how(response);
    });
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    cert,
    calls,
    answer: (next) => {
      how = next;
    },
    clear: () => {
      calls.length = 0;
      how = ok;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A plain server that counts who connects to it: nobody should. */
export async function startTrap(): Promise<{
  readonly port: number;
  hits(): number;
  close(): Promise<void>;
}> {
  let hits = 0;
  const server = createServer((_request, response) => void response.end());
  server.on("connection", () => {
    hits += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    hits: () => hits,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
