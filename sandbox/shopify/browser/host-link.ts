import { isMessage, type Answers, type EventMessage, type HostEvents, type Requests } from "./bridge-wire.ts";

/** The app's end of the wire. */
export interface HostLink {
  tell<N extends keyof Requests>(name: N, data: Requests[N]): void;
  ask<N extends keyof Answers>(name: N): Promise<Answers[N]>;
  on<N extends keyof HostEvents>(name: N, listener: (data: HostEvents[N]) => void): void;
}

/** Talks to the parent window and hears nobody but the admin's own origin. */
export function linkToHost(adminOrigin: string): HostLink {
  const waiting = new Map<number, (result: unknown) => void>();
  const listeners: { name: keyof HostEvents; listener: (data: never) => void }[] = [];
  let lastId = 0;

  const post = (name: keyof Requests, data: unknown): number => {
    lastId += 1;
    window.parent.postMessage({ bridge: "request", id: lastId, name, data }, adminOrigin);
    return lastId;
  };
  const hear = (message: EventMessage): void => {
    for (const { name, listener } of listeners) if (name === message.name) listener(message.data as never);
  };
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.origin !== adminOrigin || !isMessage(event.data)) return;
    if (event.data.bridge === "reply") {
      waiting.get(event.data.id)?.(event.data.result);
      waiting.delete(event.data.id);
    } else if (event.data.bridge === "event") hear(event.data);
  });

  return {
    tell: (name, data) => void post(name, data),
    ask: (name) =>
      new Promise((resolve) => {
        waiting.set(post(name, {}), resolve as (result: unknown) => void);
      }),
    on: (name, listener) => void listeners.push({ name, listener }),
  };
}
