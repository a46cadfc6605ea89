import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";

/** A load balancer as small as can be: in turn to those that it has, and no second try. */
export interface Balancer {
  add(port: number): void;
  /** Nothing new goes there; what is under way ends. Resolves when nothing is. */
  drain(port: number): Promise<void>;
  /** Requests that no process answered. */
  readonly unanswered: number;
  close(): Promise<void>;
}

export async function startBalancer(port: number): Promise<Balancer> {
  const underWay = new Map<number, number>();
  let targets: readonly number[] = [];
  let turn = 0;
  let unanswered = 0;

  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const target = targets[(turn += 1) % Math.max(1, targets.length)];
    const fail = () => {
      unanswered += 1;
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    };
    if (target === undefined) return fail();
    underWay.set(target, (underWay.get(target) ?? 0) + 1);
    outgoing.once("close", () => underWay.set(target, (underWay.get(target) ?? 1) - 1));
    const passed = request(
      {
        port: target,
        host: "localhost",
        method: incoming.method,
        path: incoming.url,
        headers: incoming.headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.once("error", fail);
    incoming.pipe(passed);
  };

  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(port, "localhost", resolve));
  return {
    add: (target) => {
      targets = [...targets, target];
    },
    drain: async (target) => {
      targets = targets.filter((each) => each !== target);
      while ((underWay.get(target) ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    get unanswered() {
      return unanswered;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
