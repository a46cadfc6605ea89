import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, describe, expect, it } from "vitest";

import { checkDataset } from "#app/meta/check-dataset.ts";
import { createGraphClient } from "#app/meta/graph-client.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { startMeta } from "#sandbox/meta/start-meta.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function clientFor(graphUrl: string, timeoutMs = 60_000) {
  const graph = createGraphClient({
    graphUrl,
    log: createLog("silent"),
    metrics: createMetrics(),
    timeouts: { base: timeoutMs, perEvent: 0 },
  });
  closing.push(() => graph.close());
  return graph;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const events = [{ event_name: "Purchase", event_id: "1", event_time: 1_800_000_000 }];

describe("the way to Meta", () => {
  it("sends the token in the header only, to the current version, over one kept connection", async () => {
    const meta = await startMeta();
    closing.push(() => meta.close());
    meta.addDataset({ id: "800001" });
    const token = meta.addToken({ datasets: ["800001"] });
    const graph = clientFor(meta.graphUrl);
    const event = {
      event_name: "Purchase",
      event_id: "1001",
      event_time: Math.floor(Date.now() / 1000) - 60,
      action_source: "website",
      event_source_url: "https://shop.example.com/",
      user_data: { em: ["a".repeat(64)], client_user_agent: "Mozilla/5.0" },
      custom_data: { value: 1, currency: "USD" },
    };
    for (let round = 0; round < 3; round += 1) {
      expect((await graph.sendEvents({ datasetId: "800001", token, events: [event] })).answer).toMatchObject({
        kind: "accepted",
        received: 1,
      });
    }
    expect(meta.requests().map(({ path, tokenFrom }) => [path, tokenFrom])).toEqual(
      Array(3).fill(["/v26.0/800001/events", "header"]),
    );
    expect(meta.state().counters.tokensInUrl).toBe(0);
    expect(await graph.sendEvents({ datasetId: "800002", token, events: [event] })).toMatchObject({
      answer: { class: "configuration", code: 100, subcode: 33 },
    });
  });

  it("asks what a token is for", async () => {
    const meta = await startMeta();
    closing.push(() => meta.close());
    meta.addDataset({ id: "800001" });
    const token = meta.addToken({ datasets: ["800001"] });
    const graph = clientFor(meta.graphUrl);
    expect(checkDataset("800001", await graph.debugToken(token))).toMatchObject({
      ok: true,
      tokenType: "SYSTEM_USER",
    });
    expect(checkDataset("800009", await graph.debugToken(token))).toMatchObject({
      ok: false,
      code: "other_dataset",
    });
    meta.addToken({ token, state: "expired" });
    expect(checkDataset("800001", await graph.debugToken(token))).toMatchObject({
      ok: false,
      code: "expired_token",
    });
    expect(checkDataset("800001", await graph.debugToken("nonsense"))).toMatchObject({
      ok: false,
      code: "invalid_token",
    });
    meta.setFaults([{ kind: "down", scope: "all" }]);
    expect(checkDataset("800001", await graph.debugToken(token))).toMatchObject({
      ok: false,
      code: "unreachable",
    });
  });

  it("reads match quality, and the emptiness of an idle dataset", async () => {
    const meta = await startMeta();
    closing.push(() => meta.close());
    meta.addDataset({ id: "800001" });
    const token = meta.addToken({ datasets: ["800001"] });
    const graph = clientFor(meta.graphUrl);
    expect(await graph.datasetQuality({ datasetId: "800001", token })).toEqual({ ok: true, web: [] });
    expect(await graph.datasetQuality({ datasetId: "800009", token })).toMatchObject({ ok: false });
  });

  it("follows no redirect", async () => {
    const other: string[] = [];
    const elsewhere = await serve((request, response) => {
      other.push(request.headers.authorization ?? "");
      response.end("{}");
    });
    const url = await serve((_request, response) =>
      response.writeHead(307, { location: `${elsewhere}/x` }).end(),
    );
    expect((await clientFor(url).sendEvents({ datasetId: "1", token: "t", events })).answer).toMatchObject({
      class: "unknown",
      status: 307,
      mayHaveArrived: false,
    });
    expect(other).toEqual([]);
  });

  it("reads no endless answer", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      const more = () =>
        void (response.write("x".repeat(65_536)) ? setImmediate(more) : response.once("drain", more));
      more();
    });
    expect((await clientFor(url).sendEvents({ datasetId: "1", token: "t", events })).answer).toMatchObject({
      class: "transient",
      mayHaveArrived: true,
    });
  });

  it("does not wait longer than its time, also for an answer that drips", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("{"), 20);
      response.once("close", () => clearInterval(timer));
    });
    const { answer } = await clientFor(url, 200).sendEvents({
      datasetId: "1",
      token: "t",
      events,
    });
    expect(answer).toMatchObject({
      class: "transient",
      status: null,
      message: "Meta did not answer in time",
    });
  });

  it("knows that nobody was there", async () => {
    expect(
      (await clientFor("http://127.0.0.1:9").sendEvents({ datasetId: "1", token: "t", events })).answer,
    ).toMatchObject({ class: "transient", mayHaveArrived: false });
  });
});
