/** What the framed app and the admin page around it say to each other by postMessage. */

/** From the app: what each request carries. */
export interface Requests {
  idToken: null;
  extensions: null;
  toast: string;
  /** Null: no bar shows. */
  saveBar: SaveBarState | null;
  nav: readonly { readonly label: string; readonly href: string }[];
  title: string;
  navigated: { readonly path: string; readonly replace: boolean };
  /** An address outside of the frame. */
  open: string;
}

export interface SaveBarState {
  readonly saving: boolean;
  readonly saveDisabled: boolean;
  readonly discardDisabled: boolean;
}

/** What the admin answers; nothing where no answer is named. */
type Answer<N> = N extends "idToken" ? string : N extends "extensions" ? unknown[] : undefined;

/** From the admin. */
export type HostEvent =
  { readonly name: "save" | "discard" } | { readonly name: "go"; readonly href: string };

export type AskAdmin = <N extends keyof Requests>(name: N, data: Requests[N]) => Promise<Answer<N>>;

/** Asks the parent window, where it is the admin's own origin; the answer comes through a port of the request's own. */
export const askAdminAt =
  (adminOrigin: string): AskAdmin =>
  <N extends keyof Requests>(name: N, data: Requests[N]) =>
    new Promise<Answer<N>>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event: MessageEvent<Answer<N>>) => resolve(event.data);
      window.parent.postMessage({ name, data }, adminOrigin, [port2]);
    });
