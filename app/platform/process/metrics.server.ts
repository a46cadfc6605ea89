import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

/** Counters of this process, in Prometheus' text form at /metrics. Labels hold reasons and classes, never a person or a store. */
export function createMetrics() {
  const registry = new Registry();
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter<Label>({ name, help, labelNames: [...labelNames], registers: [registry] });
  return {
    registry,
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
    metaRequests: counter("tandem_meta_requests_total", "Requests to Meta by class of outcome", ["class"]),
    deliveries: counter("tandem_deliveries_settled_total", "Deliveries by the state they were settled in", [
      "state",
    ]),
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
