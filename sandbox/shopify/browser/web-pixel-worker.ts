// The strict sandbox of an app's web pixel: a worker without a DOM, with Shopify's extension API.
import type { FromWorker, PixelEvent, StorageArea, ToWorker } from "./pixel-wire.ts";

type Listener = (event: unknown) => void;

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}
const scope = globalThis as unknown as WorkerScope;

const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
let lastId = 0;

const remote =
  (area: StorageArea, method: string) =>
  (...args: string[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      scope.postMessage({ kind: "browser", id: lastId, area, method, args });
    });

const storage = (area: StorageArea) => ({
  getItem: remote(area, "getItem"),
  setItem: remote(area, "setItem"),
  removeItem: remote(area, "removeItem"),
  clear: remote(area, "clear"),
  key: remote(area, "key"),
  length: remote(area, "length"),
});

const events: { name: string; listener: Listener }[] = [];
const consents: Listener[] = [];
const wildcard = new Set(["all_events", "all_standard_events"]);

/** Subscribing late brings what has been published already, as Shopify replays it. */
const published: PixelEvent[] = [];

function apiFor(start: Extract<ToWorker, { kind: "start" }>) {
  return {
    settings: start.settings,
    init: start.init,
    _pixelInfo: { runtimeContext: "STRICT", surface: "checkout" },
    analytics: {
      subscribe: (name: string, listener: Listener) => {
        events.push({ name, listener });
        for (const event of published) if (event.name === name || wildcard.has(name)) listener(event);
        return () => true;
      },
    },
    browser: {
      cookie: { get: remote("cookie", "get"), set: remote("cookie", "set") },
      localStorage: storage("localStorage"),
      sessionStorage: storage("sessionStorage"),
      sendBeacon: (url: string, body = "") =>
        fetch(url, { method: "POST", body, keepalive: true }).then(
          () => true,
          () => false,
        ),
    },
    customerPrivacy: {
      subscribe: (name: string, listener: Listener) => {
        if (name === "visitorConsentCollected") consents.push(listener);
        return () => true;
      },
    },
  };
}

scope.onmessage = ({ data: message }) => {
  switch (message.kind) {
    case "start": {
      const extend = (point: string, run: (api: unknown) => void): void => {
        if (point === "WebPixel::Render") run(apiFor(message));
      };
      Object.assign(globalThis, { shopify: { extend } });
      // Indirect: the bundle gets the worker's global scope and nothing of this file's.
      const run = globalThis.eval as (text: string) => unknown;
      run(message.bundle);
      return;
    }
    case "event":
      published.push(message.event);
      for (const { name, listener } of events) {
        if (name === message.event.name || wildcard.has(name)) listener(message.event);
      }
      return;
    case "consent":
      for (const listener of consents) listener({ customerPrivacy: message.privacy });
      return;
    case "answer": {
      const { resolve, reject } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      if (message.failed) reject?.(new Error(String(message.value)));
      else resolve?.(message.value);
    }
  }
};
