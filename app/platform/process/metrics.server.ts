import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

import type { ConnectionUse } from "../database/database.server.ts";

/** Counters of this process, in Prometheus' text form at /metrics. Labels hold reasons and classes, never a person or a store. */
export function createMetrics() {
  const registry = new Registry();
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter<Label>({ name, help, labelNames: [...labelNames], registers: [registry] });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const queued = gauge("tandem_queue_deliveries", "Deliveries not settled yet, counted up to 100000");
  const oldest = gauge("tandem_queue_oldest_seconds", "Age of the oldest delivery that could go");
  const asked = gauge("tandem_database_seconds", "How long the database took to tell the queue's depth");
  const connections = new Gauge({
    name: "tandem_database_connections",
    help: "Connections of this process to the database server, and statements that wait for one",
    labelNames: ["state"],
    registers: [registry],
  });
  const connectionsLimit = gauge(
    "tandem_database_connections_limit",
    "The most connections that this process opens",
  );
  const reachable = gauge("tandem_database_up", "1 when the database answered the last scrape");
  return {
    registry,
    /** Asks the database at each scrape: `tandem_queue_*`, `tandem_database_*`. Once per process. */
    watchDatabase: (read: () => Promise<{ readonly queued: number; readonly oldestSeconds: number }>) => {
      const ask = async (): Promise<void> => {
        const began = performance.now();
        const backlog = await read().catch(() => undefined);
        reachable.set(backlog ? 1 : 0);
        asked.set((performance.now() - began) / 1000);
        queued.set(backlog?.queued ?? Number.NaN);
        oldest.set(backlog?.oldestSeconds ?? Number.NaN);
      };
      // Each gauge waits for the scrape's one question: they are written side by side.
      let asking: Promise<void> | undefined;
      const collect = () => (asking ??= ask().finally(() => (asking = undefined)));
      for (const each of [queued, oldest, asked, reachable]) Object.assign(each, { collect });
    },
    /** Asks at each scrape: `tandem_database_connections*`. Nothing to ask where the database is embedded. */
    watchConnections: (read: (() => ConnectionUse) | undefined) => {
      if (!read) return;
      const collect = () => {
        const { limit, ...states } = read();
        for (const [state, count] of Object.entries(states)) connections.set({ state }, count);
        connectionsLimit.set(limit);
      };
      Object.assign(connections, { collect });
    },
    /** Adds the process's own: memory, CPU, event loop, garbage collection (`process_*`, `nodejs_*`). Once per process. */
    collectDefaults: () => collectDefaultMetrics({ register: registry }),
    webhooks: counter("tandem_webhooks_total", "Webhooks by topic and what became of them", [
      "topic",
      "outcome",
    ]),
    pixelRequests: counter("tandem_pixel_requests_total", "Browser reports by route and answer", [
      "route",
      "answer",
    ]),
    /** Observed for each question that was held open: how long, and by what it was answered. */
    pollSeconds: new Histogram({
      name: "tandem_poll_seconds",
      help: "Duration of browsers' long polls by answer",
      labelNames: ["answer"],
      buckets: [0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10.5],
      registers: [registry],
    }),
    meetings: counter(
      "tandem_meetings_total",
      "Browser reports that met their order, by what brought them together",
      ["by"],
    ),
    pairings: counter("tandem_pairings_closed_total", "Orders whose pairing was closed, by what it came to", [
      "pairing",
    ]),
    databaseErrors: counter("tandem_database_errors_total", "Statements that failed, by kind", ["kind"]),
    writeSeconds: new Histogram({
      name: "tandem_intake_write_seconds",
      help: "Duration of writing a group of orders, from the first statement to the commit",
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [registry],
    }),
    metaRequests: counter("tandem_meta_requests_total", "Requests to Meta by class of outcome", ["class"]),
    deliveries: counter("tandem_deliveries_settled_total", "Deliveries by the state they were settled in", [
      "state",
    ]),
    funnelEvents: counter(
      "tandem_funnel_events_total",
      "Events of the funnel by name and what became of them",
      ["event", "result"],
    ),
    funnelWaiting: new Gauge({
      name: "tandem_funnel_waiting",
      help: "Events of the funnel that wait for Meta, of all processes, as last counted",
      registers: [registry],
    }),
    alerts: counter(
      "tandem_alerts_total",
      "Tries to deliver an alert by kind of channel and what became of it",
      ["channel", "outcome"],
    ),
    metaSeconds: new Histogram({
      name: "tandem_meta_request_seconds",
      help: "Duration of requests to Meta",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    }),
    waitingPolls: new Gauge({
      name: "tandem_waiting_polls",
      help: "Long polls open now",
      registers: [registry],
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
