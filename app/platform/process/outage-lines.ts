import { troubleOf, type DatabaseTrouble } from "../database/judge-failure.ts";
import { outsideRequests } from "./request-context.server.ts";

/** Puts the log's lines about one outage of the database together: the first as it is, then counts. */
export interface OutageLines {
  /**
   * @param error what a line is about
   * @returns true where the line is counted instead of written
   */
  swallow(error: unknown, message: string): boolean;
}

/** How often an outage is counted, and after how long a silence it is over. Milliseconds. */
const EVERY_MS = 5_000;

/**
 * A database that is away makes every webhook, every turn of the worker and every job say so. The first of these lines is
 * written as it is; what follows is counted, and every five seconds one line has the counts: by kind of trouble and by
 * message. After five seconds without a failure one line says that it is over. The timer keeps no process alive.
 */
export function createOutageLines(log: {
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
}): OutageLines {
  let since: number | undefined;
  let troubles = new Map<DatabaseTrouble, number>();
  let messages = new Map<string, number>();

  const look = (): void => {
    if (since === undefined) return;
    const seconds = Math.round((performance.now() - since) / 1_000);
    if (messages.size === 0) {
      since = undefined;
      log.info({ seconds }, "database available again");
      return;
    }
    log.warn(
      { seconds, troubles: Object.fromEntries(troubles), lines: Object.fromEntries(messages) },
      "database still failing",
    );
    troubles = new Map();
    messages = new Map();
    setTimeout(look, EVERY_MS).unref();
  };

  return {
    swallow: (error, message) => {
      const trouble = troubleOf(error);
      if (trouble === undefined) return false;
      if (since === undefined) {
        since = performance.now();
        // The counts are about all requests, not about the one that failed first.
        outsideRequests(() => setTimeout(look, EVERY_MS)).unref();
        return false;
      }
      troubles.set(trouble, (troubles.get(trouble) ?? 0) + 1);
      messages.set(message, (messages.get(message) ?? 0) + 1);
      return true;
    },
  };
}
