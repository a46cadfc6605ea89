import { optionalNumber, type OpsCommand } from "./command.ts";

export const drain: OpsCommand = {
  does: "send everything that is due now, then stop",
  takes: "until nothing is due, or as long as --seconds says",
  options: [{ flags: "--seconds <number>", does: "gives up after so many" }],
  run: async ({ environment, ...context }, values) => {
    const { createDeliveryWorker } = await import("#app/delivery/delivery-worker.server.ts");
    const { drainAndStop } = await import("#app/delivery/drain-outbox.server.ts");
    const { createGraphClient } = await import("#app/meta/graph-client.server.ts");
    const { createMetrics } = await import("#app/platform/process/metrics.server.ts");
    const metrics = createMetrics();
    const graph = createGraphClient({ graphUrl: environment.META_GRAPH_URL, log: context.log, metrics });
    const worker = createDeliveryWorker({ ...context, graph, metrics });
    const seconds = optionalNumber(values, "seconds") ?? 600;
    const outcome = await drainAndStop(worker, seconds * 1000);
    await graph.close();
    return { ...outcome, ok: outcome.finished };
  },
};
