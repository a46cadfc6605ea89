/** What a merchant reads for the states and reasons that the code knows: what happened, in their words. */

type Tone = "success" | "attention" | "critical" | "warning" | "info" | undefined;

export interface Label {
  readonly text: string;
  readonly tone: Tone;
}

const DELIVERY: Readonly<Record<string, Label>> = {
  delivered: { text: "Sent", tone: "success" },
  waiting: { text: "Waiting for browser", tone: "info" },
  due: { text: "Queued", tone: "info" },
  leased: { text: "Sending", tone: "info" },
  retrying: { text: "Retrying", tone: "attention" },
  held: { text: "Held", tone: "warning" },
  paused: { text: "Paused", tone: "warning" },
  dead: { text: "Failed", tone: "critical" },
  skipped: { text: "Skipped", tone: undefined },
  none: { text: "Not sent", tone: undefined },
};

export function deliveryLabel(state: string): Label {
  return DELIVERY[state] ?? { text: state, tone: undefined };
}

const PAIRING: Readonly<Record<string, Label>> = {
  paired: { text: "Paired", tone: "success" },
  server_only: { text: "Recovered", tone: "info" },
  browser_only: { text: "Browser only", tone: "attention" },
  mismatched: { text: "Mismatched", tone: "critical" },
  pending: { text: "Not known yet", tone: undefined },
};

export function pairingLabel(state: string, source: string, isSkipped = false): Label {
  if (state === "pending" && isSkipped) return { text: "No copies", tone: undefined };
  if (source !== "web" && state !== "paired" && state !== "mismatched")
    return { text: "No browser", tone: undefined };
  return PAIRING[state] ?? { text: state, tone: undefined };
}

const SOURCES: Readonly<Record<string, string>> = {
  web: "Online store",
  pos: "Point of sale",
  draft: "Draft order",
  subscription: "Subscription",
  other: "Other",
};

export function sourceName(source: string): string {
  return SOURCES[source] ?? source;
}

interface Reason {
  readonly short: string;
  readonly long: string;
}

const SKIP_REASONS: Readonly<Record<string, Reason>> = {
  test_order: {
    short: "Test order",
    long: "A test order of Shopify’s. It is never sent, so it cannot count as a sale.",
  },
  source_off: {
    short: "Source switched off",
    long: "Orders from this source are switched off in the settings.",
  },
  no_value: {
    short: "Total unknown",
    long: "The order’s total could not be read, and a Purchase without a value would be refused.",
  },
  no_time: {
    short: "Time unknown",
    long: "The order carries no usable time, and a made-up one would be wrong.",
  },
  no_consent: {
    short: "No consent",
    long: "The buyer refused marketing cookies, or is where consent is needed first and nobody told us that it was given. Neither copy was sent.",
  },
  thin_identity: {
    short: "Too little to match",
    long: "The order carries too little customer information for Meta to take it.",
  },
  too_old: {
    short: "Too old",
    long: "Meta takes events for 7 days (62 for point of sale). This one was paid before that.",
  },
  paused: { short: "Dataset paused", long: "The dataset was paused when its time ran out." },
  disconnected: { short: "Dataset disconnected", long: "The dataset was disconnected before it was sent." },
  redacted: {
    short: "Customer erased",
    long: "The customer’s data was erased on request before it was sent.",
  },
  uninstalled: { short: "App uninstalled", long: "The app was uninstalled before it was sent." },
  browser_copy_counted: {
    short: "Browser copy counted",
    long: "The browser’s copy went more than 48 hours before. A second copy would have counted as a second sale.",
  },
  before_dataset: {
    short: "Before the dataset",
    long: "Paid before this dataset was connected.",
  },
};

export function skipReason(reason: string): Reason {
  return SKIP_REASONS[reason] ?? { short: reason.replaceAll("_", " "), long: reason.replaceAll("_", " ") };
}

const CLASSES: Readonly<Record<string, Reason>> = {
  transient: {
    short: "Meta unavailable",
    long: "Meta did not answer or had a fault of its own. We try again by ourselves.",
  },
  throttled: {
    short: "Meta asked us to slow down",
    long: "Too many calls for this dataset or ad account. We wait as long as Meta asks.",
  },
  credential: {
    short: "Access token not accepted",
    long: "The access token expired, was revoked, or is wrong. Replace it and everything that waits is sent.",
  },
  permission: {
    short: "Permission missing",
    long: "The access token may not send events to this dataset. Generate one in Events Manager.",
  },
  configuration: {
    short: "Dataset not found",
    long: "The dataset does not exist or this token cannot see it. Check the dataset ID.",
  },
  payload: { short: "Event refused", long: "Meta will not take this event as it is." },
  unknown: { short: "Unexpected answer", long: "Meta answered something we do not know. We try again." },
};

export function errorClass(name: string): Reason {
  return CLASSES[name] ?? { short: name, long: name };
}

const KEYS: Readonly<Record<string, string>> = {
  em: "Email",
  ph: "Phone",
  fn: "First name",
  ln: "Last name",
  ct: "City",
  st: "State",
  zp: "Zip code",
  country: "Country",
  external_id: "Customer ID",
  fbp: "Browser ID (fbp)",
  fbc: "Click ID (fbc)",
  client_ip_address: "IP address",
  client_user_agent: "User agent",
};

export function keyName(key: string): string {
  return KEYS[key] ?? key;
}
