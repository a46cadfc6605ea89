/** What the framed app and the admin page around it say to each other by postMessage, and the app's end of it. */
export interface NavLink {
  readonly label: string;
  readonly href: string;
}

export interface SaveBarState {
  readonly visible: boolean;
  readonly saving: boolean;
  readonly saveDisabled: boolean;
  readonly discardDisabled: boolean;
}
export const HIDDEN: SaveBarState = {
  visible: false,
  saving: false,
  saveDisabled: false,
  discardDisabled: false,
};

type Nothing = Record<string, never>;

/** From the app. Those with an answer in `Answers` are replied to. */
export interface Requests {
  idToken: Nothing;
  extensions: Nothing;
  /** `duration` in milliseconds. */
  toast: { message: string; isError: boolean; duration: number };
  saveBar: SaveBarState;
  nav: { links: NavLink[] };
  title: { title: string };
  navigated: { path: string; replace: boolean };
  open: { url: string };
}

export interface Answers {
  idToken: string;
  extensions: unknown[];
}

/** From the admin. */
export interface HostEvents {
  save: Nothing;
  discard: Nothing;
  go: { href: string };
}

export type Message =
  | { readonly bridge: "request"; readonly id: number; readonly name: keyof Requests; readonly data: unknown }
  | { readonly bridge: "reply"; readonly id: number; readonly result: unknown }
  | { readonly bridge: "event"; readonly name: keyof HostEvents; readonly data: unknown };

export const isMessage = (data: unknown): data is Message =>
  typeof data === "object" && data !== null && "bridge" in data;

export interface HostLink {
  tell<N extends keyof Requests>(name: N, data: Requests[N]): void;
  ask<N extends keyof Answers>(name: N): Promise<Answers[N]>;
  on<N extends keyof HostEvents>(name: N, listener: (data: HostEvents[N]) => void): void;
}

/** Talks to the parent window and takes messages from the admin's own origin alone. */
export function linkToHost(adminOrigin: string): HostLink {
  const waiting = new Map<number, (result: unknown) => void>();
  const listeners: { name: keyof HostEvents; listener: (data: never) => void }[] = [];
  let lastId = 0;
  const post = (name: keyof Requests, data: unknown): number => {
    lastId += 1;
    window.parent.postMessage({ bridge: "request", id: lastId, name, data } satisfies Message, adminOrigin);
    return lastId;
  };
  window.addEventListener("message", ({ origin, data }: MessageEvent<unknown>) => {
    if (origin !== adminOrigin || !isMessage(data)) return;
    if (data.bridge === "reply") {
      waiting.get(data.id)?.(data.result);
      waiting.delete(data.id);
    } else if (data.bridge === "event") {
      for (const { name, listener } of listeners) if (name === data.name) listener(data.data as never);
    }
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
