// The strict sandbox of an app's web pixel: a worker without a DOM, with the parts of Shopify's extension API that the pixel uses.
import type { BrowserAnswer, FromWorker, PixelEvent, ToWorker } from "./pixel-wire.ts";

type Listener = (event: unknown) => void;

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
}
const scope = globalThis as unknown as WorkerScope;

const ask = (message: FromWorker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data: { value, failure } }: MessageEvent<BrowserAnswer>) =>
      failure === undefined ? resolve(value) : reject(new Error(failure));
    scope.postMessage(message, [port2]);
  });

const storage = (area: "localStorage" | "sessionStorage") => ({
  getItem: (...args: string[]) => ask({ area, method: "getItem", args }),
  setItem: (...args: string[]) => ask({ area, method: "setItem", args }),
  removeItem: (...args: string[]) => ask({ area, method: "removeItem", args }),
});

const subscriptions: { name: string; listener: Listener }[] = [];
const consents: Listener[] = [];
/** Subscribing late brings what has been published already, as Shopify replays it. */
const published: PixelEvent[] = [];

const apiFor = ({ settings, init }: Extract<ToWorker, { kind: "start" }>) => ({
  settings,
  init,
  analytics: {
    subscribe: (name: string, listener: Listener) => {
      subscriptions.push({ name, listener });
      for (const event of published) if (event.name === name) listener(event);
    },
  },
  browser: {
    cookie: { get: (...args: string[]) => ask({ area: "cookie", method: "get", args }) },
    localStorage: storage("localStorage"),
    sessionStorage: storage("sessionStorage"),
  },
  customerPrivacy: {
    subscribe: (name: string, listener: Listener) => {
      if (name === "visitorConsentCollected") consents.push(listener);
    },
  },
});

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
      for (const { name, listener } of subscriptions)
        if (name === message.event.name) listener(message.event);
      return;
    case "consent":
      for (const listener of consents) listener({ customerPrivacy: message.privacy });
  }
};
