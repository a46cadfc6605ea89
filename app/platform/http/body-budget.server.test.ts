import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { createBodyBudget, type HeldBody } from "./body-budget.server.ts";

const PATIENT = { bytes: 1_000, slowMs: 60_000, displaceAfterMs: 60_000 };

/** A request whose body comes when it is told to. */
function openRequest(headers: Record<string, string> = {}) {
  let feed: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (feed = controller) });
  const request = new Request("https://tandem.example.com/", {
    method: "POST",
    body,
    headers,
    duplex: "half",
  });
  return {
    request,
    send: (bytes: number) => feed?.enqueue(new Uint8Array(bytes).fill(0x61)),
    end: () => feed?.close(),
  };
}
const textOf = (body: HeldBody) => (body.ok ? body.text.length : body.problem);

describe("one budget for all bodies", () => {
  it("counts bytes as they come, until whoever reads them is done", async () => {
    const budget = createBodyBudget(PATIENT);
    const { request, send, end } = openRequest();
    const done = Promise.withResolvers<undefined>();
    const held = budget.hold(request, 500, async (body) => {
      await done.promise;
      return textOf(body);
    });
    send(200);
    await expect.poll(() => budget.held).toBe(200);
    send(100);
    end();
    await expect.poll(() => budget.held).toBe(300);
    done.resolve(undefined);
    expect(await held).toBe(300);
    expect(budget.held).toBe(0);
  });

  it("refuses what is announced as too large or beyond the memory that is left, before a byte of it", async () => {
    const budget = createBodyBudget(PATIENT);
    const first = openRequest();
    const held = budget.hold(first.request, 1_000, textOf);
    first.send(800);
    await expect.poll(() => budget.held).toBe(800);
    const announce = (bytes: number) =>
      budget.hold(openRequest({ "content-length": String(bytes) }).request, 500, textOf);
    expect(await announce(501)).toBe("too_large");
    expect(await announce(300)).toBe("no_room");
    first.end();
    expect(await held).toBe(800);
  });

  it("refuses what goes beyond without having been announced", async () => {
    const budget = createBodyBudget(PATIENT);
    const [first, second] = [openRequest(), openRequest()];
    const [one, other] = [first, second].map(({ request }) => budget.hold(request, 1_000, textOf));
    first.send(900);
    await expect.poll(() => budget.held).toBe(900);
    second.send(200);
    expect(await other).toBe("no_room");
    first.end();
    expect(await one).toBe(900);
    expect(budget.held).toBe(0);
  });

  it("lets a body that never ends give way to a newer one", async () => {
    const budget = createBodyBudget({ ...PATIENT, displaceAfterMs: 30 });
    const [slow, fresh] = [openRequest(), openRequest()];
    const never = budget.hold(slow.request, 1_000, textOf);
    slow.send(900);
    await expect.poll(() => budget.held).toBe(900);
    await sleep(40);
    const taken = budget.hold(fresh.request, 1_000, textOf);
    fresh.send(700);
    fresh.end();
    expect(await taken).toBe(700);
    expect(await never).toBe("no_room");
    expect(budget.held).toBe(0);
  });

  it("cuts a body that takes too long, and one whose sender leaves", async () => {
    const budget = createBodyBudget({ ...PATIENT, slowMs: 30 });
    const slow = openRequest();
    slow.send(10);
    expect(await budget.hold(slow.request, 1_000, textOf)).toBe("too_slow");
    const broken = new Request("https://tandem.example.com/", {
      method: "POST",
      duplex: "half",
      body: new ReadableStream({ pull: () => Promise.reject(new Error("gone")) }),
    });
    expect(await budget.hold(broken, 1_000, textOf)).toBe("aborted");
    expect(budget.held).toBe(0);
  });

  it("gives its room back when its reader fails", async () => {
    const budget = createBodyBudget(PATIENT);
    const { request, send, end } = openRequest();
    send(400);
    end();
    await expect(budget.hold(request, 500, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(budget.held).toBe(0);
  });
});
