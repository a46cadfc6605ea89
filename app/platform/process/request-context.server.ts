import { AsyncLocalStorage } from "node:async_hooks";

/** What is known of the request that is being served, in whatever function works for it. */
export interface RequestContext {
  /** In the answer's `x-request-id` and in every log line that is written while the request is served. */
  readonly requestId: string;
}

interface Served extends RequestContext {
  isAnswered: boolean;
}

const storage = new AsyncLocalStorage<Served>();

/**
 * Serves one request, so that `currentRequest` names it in all that `serve` sets off.
 * @param serve gets what ends it: to be called when the answer is sent
 */
export function serveRequest<Result>(
  context: RequestContext,
  serve: (answered: () => void) => Result,
): Result {
  const served: Served = { ...context, isAnswered: false };
  return storage.run(served, () =>
    serve(() => {
      served.isAnswered = true;
    }),
  );
}

/**
 * The request that is being served; undefined outside of one. What a request leaves behind (a connection, a listener, a
 * timer) is no part of it any more once it is answered: else its lines would name a request of last week.
 */
export function currentRequest(): RequestContext | undefined {
  const served = storage.getStore();
  return served === undefined || served.isAnswered ? undefined : served;
}

/** Runs what one request happens to begin and what is about many: a group of orders, a count for the log. */
export function outsideRequests<Result>(work: () => Result): Result {
  return storage.exit(work);
}
