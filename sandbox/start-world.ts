/**
 * Everything at once on localhost: the small Shopify, the small Meta, and the real app as a process of its own (the
 * production build, `npm start`). Used by the demo, the browser tests, the drills and the screenshots.
 *
 * The app is told of the sandbox only through its environment and one preloaded file that reroutes Shopify's hosts.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { RequestHandler } from "express";

import { childEnvironment } from "./child-environment.ts";
import { freePort } from "./free-port.ts";
import { startMeta } from "./meta/start-meta.ts";
import { startShopify } from "./shopify/start-shopify.ts";

export const API_KEY = "tandem-demo-client-id";
export const API_SECRET = "tandem-demo-client-secret";
/**
 * What `npm start` gives to Node beside the variables' file (a test compares). The young generation stays at 16 MB: on a large machine it would grow to
 * 128 MB, a quarter of what the whole process may take.
 */
export const APP_COMMAND = ["--max-semi-space-size=16", "build/server/tandem.js"] as const;
/** What the app's process loads before itself here; its IPC channel tells it that this process has ended. */
export const APP_PRELOADS = [
  ...["--import", "./sandbox/end-with-parent.mjs"],
  ...["--import", "./sandbox/shopify/reroute.mjs"],
] as const;
/** After SIGTERM, before SIGKILL: longer than the app's own patience with requests (15 s). Milliseconds. */
const STOP_PATIENCE_MS = 30_000;
/** Shopify's library answers programs with 410; a real browser's name is needed for documents. */
export const BROWSER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

export interface WorldOptions {
  /** Fixed ports for people to remember; absent or taken: any free port. */
  readonly ports?: { readonly app?: number; readonly shopify?: number; readonly meta?: number };
  /** Folder of the app's embedded database; default a new temporary one, which goes when the world is closed. */
  readonly dataDirectory?: string;
  readonly databaseUrl?: string;
  /** Further variables of the app's process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets each line that the app's process writes. */
  readonly onAppLine?: (line: string) => void;
  /** Scale of the waits between webhook retries; 1 is Shopify's four hours. */
  readonly webhookTimeScale?: number;
  /** Factor on how long Shopify waits for one answer; default 1. */
  readonly webhookPatience?: number;
  /** Something that listens where the app is looked for, such as a load balancer; gives the port of the app's own process. */
  readonly front?: (port: number) => Promise<number>;
  /** The app's process is not started yet: `app.start()` does it. */
  readonly appWaits?: boolean;
  /** Pages that every storefront of the sandbox has below /__tour. */
  readonly tour?: RequestHandler;
}

/** The app as a process of its own. */
export type AppProcess = ReturnType<typeof createApp>;
/** Both stand-ins and the app. */
export type World = Awaited<ReturnType<typeof startWorld>>;

export async function startWorld(options: WorldOptions = {}) {
  const appPort = await freePort(options.ports?.app);
  const appUrl = `http://localhost:${appPort}`;
  const listens = options.front ? await options.front(appPort) : appPort;
  const meta = await startMeta({ port: await freePort(options.ports?.meta) });
  const shopify = await startShopify({
    port: await freePort(options.ports?.shopify),
    appUrl,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    webPixelToml: "extensions/checkout-pixel/shopify.extension.toml",
    webPixelBundle: "extensions/checkout-pixel/dist/checkout-pixel.js",
    themeExtensionDir: "extensions/storefront-pixel",
    metaUrl: meta.url,
    ...(options.webhookTimeScale === undefined ? {} : { webhookTimeScale: options.webhookTimeScale }),
    ...(options.webhookPatience === undefined ? {} : { webhookPatience: options.webhookPatience }),
    ...(options.tour === undefined ? {} : { tour: options.tour }),
  });
  const dataDirectory = options.dataDirectory ?? mkdtempSync(path.join(tmpdir(), "tandem-world-"));
  const app = createApp(
    {
      NODE_ENV: "production",
      HOST: "localhost",
      PORT: String(listens),
      SHOPIFY_API_KEY: API_KEY,
      SHOPIFY_API_SECRET: API_SECRET,
      SHOPIFY_APP_URL: appUrl,
      // A key for this sandbox only: it seals made-up tokens.
      APP_ENCRYPTION_KEY: createHash("sha256").update("tandem sandbox").digest("base64"),
      TANDEM_DATA_DIR: dataDirectory,
      ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
      META_GRAPH_URL: meta.graphUrl,
      META_TR_URL: meta.trUrl,
      META_FBEVENTS_URL: meta.fbeventsUrl,
      ...shopify.appEnvironment,
      ...options.environment,
    },
    `http://localhost:${listens}`,
    options.onAppLine,
  );
  if (!options.appWaits) await app.start();

  const asMerchant = async (shop: string, target: string, init: RequestInit = {}): Promise<Response> =>
    fetch(new URL(target, appUrl), {
      ...init,
      redirect: "manual",
      headers: {
        "user-agent": BROWSER_AGENT,
        authorization: `Bearer ${await shopify.idToken(shop)}`,
        ...(init.headers as Record<string, string> | undefined),
      },
    });

  return {
    meta,
    shopify,
    app,
    dataDirectory,
    /** Opens the app in the admin for the first time: token exchange, the store becomes known. */
    signIn: async (shop: string): Promise<void> => {
      shopify.install(shop);
      const response = await fetch(await shopify.launchUrl(shop, "/app"), {
        headers: { "user-agent": BROWSER_AGENT },
      });
      if (!response.ok) throw new Error(`signing in to ${shop} answered ${response.status}`);
      await response.text();
    },
    /** Connects a dataset as the page's form does; registers it and its token with the sandbox's Meta. */
    connectDataset: async (
      shop: string,
      datasetId: string,
      name = "Web shop",
    ): Promise<{ token: string }> => {
      meta.addDataset({ id: datasetId, name });
      const token = meta.addToken({ datasets: [datasetId] });
      const response = await asMerchant(shop, "/app/datasets/new?_data=routes%2Fapp.datasets.new", {
        method: "POST",
        body: new URLSearchParams({ datasetId, token, name }),
      });
      const answer = await response.text();
      if (response.status >= 400)
        throw new Error(`connecting ${datasetId} answered ${response.status}: ${answer.slice(0, 300)}`);
      return { token };
    },
    close: async (): Promise<void> => {
      await app.stop();
      await shopify.close();
      await meta.close();
      if (options.dataDirectory === undefined) rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

export function createApp(
  environment: Readonly<Record<string, string>>,
  url: string,
  onLine?: (line: string) => void,
) {
  const lines: string[] = [];
  let child: ChildProcess | undefined;
  let ended: Promise<number | null> = Promise.resolve(null);

  const take = (chunk: string): void => {
    for (const line of chunk.split("\n").filter(Boolean)) {
      lines.push(line);
      onLine?.(line);
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child?.kill(signal);
    return ended;
  };
  return {
    url,
    /** Environment that it was started with: enough to start another process on the same database. */
    environment,
    lines,
    /** @param more variables of this start alone */
    start: async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
      const started = spawn(process.execPath, [...APP_PRELOADS, ...APP_COMMAND], {
        env: { ...childEnvironment(), ...environment, ...more, NODE_ENV: "production" },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      child = started;
      started.stdout?.setEncoding("utf8").on("data", take);
      started.stderr?.setEncoding("utf8").on("data", take);
      ended = new Promise((resolve) => started.once("exit", resolve));
      const runs = (): boolean => started.exitCode === null && started.signalCode === null;
      const deadline = Date.now() + 120_000;
      while (runs() && Date.now() < deadline) {
        const up = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
          (response) => response.ok,
          () => false,
        );
        if (up) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      started.kill("SIGKILL");
      throw new Error(`the app did not start:\n${lines.slice(-10).join("\n")}`);
    },
    /** SIGTERM, then waits for the end; gives the exit code, null where it had to be killed. */
    stop: async (): Promise<number | null> => {
      const stuck = setTimeout(() => {
        take("the app did not end on SIGTERM; it is killed");
        child?.kill("SIGKILL");
      }, STOP_PATIENCE_MS);
      const code = await end("SIGTERM");
      clearTimeout(stuck);
      return code;
    },
    kill: async (): Promise<void> => void (await end("SIGKILL")),
  };
}
