import express, { Router, type ErrorRequestHandler } from "express";
import { z } from "zod";

import { faultSchema } from "../faults/fault.ts";
import { newTokenSchema } from "../graph/access-tokens.ts";
import { newDatasetSchema } from "../receive/dataset.ts";
import { clockSchema } from "../sandbox-clock.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { describeView, filterSchema, reportEvents, reportState } from "./describe-state.ts";

const faultsSchema = z.strictObject({ faults: z.array(faultSchema) });
const resetSchema = z.strictObject({ what: z.enum(["received", "everything"]).default("everything") });
const unreadable: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  response.status(400).json({ error: String(error) });
};

/** The control API under /__control, JSON in and out (sandbox/README.md has the list). What does not fit answers 400. */
export function controlRoutes(world: SandboxWorld): Router {
  const router = Router();
  const read = (name: string, report: () => unknown): void => {
    router.get(`/${name}`, (_request, response) => {
      response.json(report());
    });
  };
  const write = <T>(name: string, schema: z.ZodType<T>, act: (given: T) => object): void => {
    router.post(`/${name}`, (request, response) => {
      const { data, error } = schema.safeParse(request.body);
      if (error) response.status(400).json({ error: error.issues });
      else response.json(act(data));
    });
  };
  read("state", () => reportState(world));
  read("view", () => describeView(world));
  read("requests", () => world.journal.items());
  read("payloads", () => world.payloads.items());
  router.get("/events", (request, response) => {
    const events = [...reportEvents(world, filterSchema.parse(request.query))];
    response.type("application/x-ndjson").send(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  });
  // Only a page of our own origin, or no page at all, may steer: a form on another site cannot send JSON unasked.
  router.post("*", (request, response, next) => {
    if (request.is("application/json")) next();
    else response.status(415).json({ error: "POST application/json" });
  });
  router.use(express.json({ limit: "16mb" }));
  write("datasets", newDatasetSchema, (given) => ({ id: world.addDataset(given).id }));
  write("tokens", newTokenSchema, (given) => ({ token: world.tokens.add(given).token }));
  write("faults", faultsSchema, ({ faults }) => {
    world.faults.set(faults);
    return { faults: world.faults.list() };
  });
  write("faults/add", faultsSchema, ({ faults }) => {
    world.faults.add(...faults);
    return { faults: world.faults.list() };
  });
  write("clock", clockSchema, (change) => {
    world.clock.bend(change);
    return { now: world.clock.now() };
  });
  write("reset", resetSchema, ({ what }) => {
    world.reset(what);
    return {};
  });
  router.use((_request, response) => {
    response.status(404).json({ error: "unknown control" });
  });
  router.use(unreadable);
  return router;
}
