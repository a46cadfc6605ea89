/**
 * What the intake is measured against, as a process: `node floor-server.ts node|template PORT SECRET`. `node` is a bare
 * `node:http` that checks the signature and parses; `template` is a Remix route as Shopify's template has it, with
 * `authenticate.webhook`. Neither stores anything. `GET /cpu` tells the process's CPU seconds.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import process from "node:process";

import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import "@shopify/shopify-app-remix/adapters/node";
import { shopifyApp } from "@shopify/shopify-app-remix/server";
import compression from "compression";
import express from "express";

import { ADMIN_API_VERSION } from "#app/shopify.server.ts";

const [kind, port = "0", secret = ""] = process.argv.slice(2);

function bareNode(): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => {
        const body = Buffer.concat(chunks);
        const given = Buffer.from(String(request.headers["x-shopify-hmac-sha256"]), "base64");
        const isSigned = timingSafeEqual(given, createHmac("sha256", secret).update(body).digest());
        const order = JSON.parse(body.toString("utf8")) as { readonly id?: unknown };
        response.writeHead(isSigned && order.id ? 200 : 401).end();
      });
  };
}

function template(): RequestListener {
  const none = () => Promise.resolve(undefined);
  const shopify = shopifyApp({
    apiKey: "key",
    apiSecretKey: secret,
    appUrl: "https://template.example.com",
    scopes: ["read_orders"],
    apiVersion: ADMIN_API_VERSION,
    sessionStorage: {
      storeSession: () => Promise.resolve(true),
      loadSession: none,
      deleteSession: () => Promise.resolve(true),
      deleteSessions: () => Promise.resolve(true),
      findSessionsByShop: () => Promise.resolve([]),
    },
    logger: { log: none },
  });
  const none404 = { default: () => null };
  const route = (id: string) => ({
    id,
    hasAction: true,
    hasLoader: false,
    hasClientAction: false,
    hasClientLoader: false,
    hasErrorBoundary: false,
    module: "/none.js",
  });
  const build: ServerBuild = {
    entry: { module: { default: () => new Response(null, { status: 404 }) } },
    routes: {
      root: { id: "root", path: "", module: none404 },
      "routes/webhooks": {
        id: "routes/webhooks",
        parentId: "root",
        path: "webhooks/orders/paid",
        module: {
          action: async ({ request }: { request: Request }) => {
            await shopify.authenticate.webhook(request);
            return new Response();
          },
        } as unknown as typeof none404,
      },
    },
    assets: {
      entry: { imports: [], module: "/none.js" },
      routes: { root: route("root"), "routes/webhooks": { ...route("routes/webhooks"), parentId: "root" } },
      url: "/none.js",
      version: "1",
    },
    publicPath: "/",
    assetsBuildDirectory: "build/client",
    future: {
      v3_fetcherPersist: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_lazyRouteDiscovery: false,
      v3_singleFetch: false,
      v3_routeConfig: false,
      unstable_optimizeDeps: false,
    },
    isSpaMode: false,
    mode: "production",
  } as ServerBuild;
  const app = express();
  app.disable("x-powered-by");
  app.use(compression());
  app.all("*", createRequestHandler({ build, mode: "production" }));
  return app;
}

const answer = kind === "node" ? bareNode() : template();
createServer((request, response) => {
  if (request.url !== "/cpu") return void answer(request, response);
  const { user, system } = process.cpuUsage();
  response.end(String((user + system) / 1e6));
}).listen(Number(port), "127.0.0.1");
