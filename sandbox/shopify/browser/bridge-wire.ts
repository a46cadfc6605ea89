/** What the framed app and the admin page around it say to each other by postMessage. */
export interface TitleButton {
  readonly label: string;
  readonly variant: string;
  readonly disabled: boolean;
}

export interface NavLink {
  readonly label: string;
  readonly href: string;
}

export interface SaveBarState {
  readonly visible: boolean;
  readonly saving: boolean;
  readonly saveDisabled: boolean;
  readonly discardDisabled: boolean;
  readonly confirmDiscard: boolean;
}

/** From the app. Those with an answer in `Answers` are replied to. */
export interface Requests {
  idToken: Record<string, never>;
  extensions: Record<string, never>;
  leave: Record<string, never>;
  toast: { id: string; message: string; isError: boolean; duration: number; action?: string };
  hideToast: { id: string };
  saveBar: SaveBarState;
  nav: { links: NavLink[] };
  title: { title: string; buttons: TitleButton[] };
  navigated: { path: string; replace: boolean };
  open: { url: string; target: string };
  loading: { on: boolean };
}

export interface Answers {
  idToken: string;
  extensions: unknown[];
  /** True when the merchant agreed to leave unsaved changes, or had none. */
  leave: boolean;
}

/** From the admin. */
export interface HostEvents {
  save: Record<string, never>;
  discard: Record<string, never>;
  go: { href: string };
  titleButton: { index: number };
  toastAction: { id: string };
  toastDismiss: { id: string };
}

export interface RequestMessage {
  readonly bridge: "request";
  readonly id: number;
  readonly name: keyof Requests;
  readonly data: unknown;
}

export interface ReplyMessage {
  readonly bridge: "reply";
  readonly id: number;
  readonly result: unknown;
}

export interface EventMessage {
  readonly bridge: "event";
  readonly name: keyof HostEvents;
  readonly data: unknown;
}

export const isMessage = (data: unknown): data is RequestMessage | ReplyMessage | EventMessage =>
  typeof data === "object" && data !== null && "bridge" in data;

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
