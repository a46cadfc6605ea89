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
