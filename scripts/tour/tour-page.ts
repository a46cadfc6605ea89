import type { TourHistory, TourSale, TourState } from "./tour-state.ts";

/** The tour's page: three buttons, each of which lets something happen and shows what Meta made of it. */

const EVERY_MS = 400;
const LONGEST_MS = 40_000;

/** How often the page looks what became of the shop's history. */
const HISTORY_EVERY_MS = 2_000;

type Step = "buy" | "blocked" | "without" | "order";

/** What Meta got and counted of one sale, copies of other IDs put together where nobody knows that they are one. */
interface Seen {
  readonly browser: number;
  readonly server: number;
  readonly counted: number;
  readonly ids: readonly string[];
  readonly money: string;
  readonly event?: string;
}

const find = <Found extends Element>(selector: string): Found => {
  const found = document.querySelector<Found>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
};

const read = async (): Promise<TourState> => (await (await fetch("/__tour/state")).json()) as TourState;
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const moneyOf = ({ value, currency }: TourSale) =>
  new Intl.NumberFormat("en-US", { style: "currency", currency: currency || "USD" }).format(value);

const bothCame = ({ ids, money }: Seen) =>
  `Both copies carry the ID ${ids[0] ?? ""}. Meta counts one sale of ${money}, and knows its buyer from both sides.`;

const WORDS: Readonly<Record<Step, (seen: Seen) => string>> = {
  buy: bothCame,
  blocked: ({ money }) =>
    `The browser's copy never left: an ad blocker stopped it. The server's arrived. One sale of ${money} that the Pixel alone would have lost.`,
  order: (seen) =>
    seen.browser > 0
      ? bothCame(seen)
      : `The server's copy alone arrived. One sale of ${seen.money} that the Pixel alone would have lost.`,
  without: ({ ids }) =>
    `The browser said ${ids[0] ?? ""}, the server ${ids[1] ?? ""}. To Meta these are two sales, and its bidding learns from both.`,
};

function show(step: Step, seen: Seen, isDone: boolean): void {
  const picture = find<HTMLElement>("#picture");
  picture.dataset["browser"] = seen.browser > 0 ? "arrived" : step === "blocked" ? "blocked" : "waiting";
  picture.dataset["server"] = seen.server > 0 ? "arrived" : "waiting";
  picture.dataset["counted"] = String(seen.counted);
  find("#browser-copies").textContent = String(seen.browser);
  find("#server-copies").textContent = String(seen.server);
  find("#counted").textContent = String(seen.counted);
  if (!isDone) return;
  find("#said").textContent = WORDS[step](seen);
  const link = find<HTMLAnchorElement>("#event");
  link.hidden = !seen.event;
  if (seen.event) link.href = seen.event;
  const line = document.createElement("tr");
  const cells = [TITLES[step], seen.browser, seen.server, seen.counted, seen.money];
  line.append(
    ...cells.map((text, at) =>
      Object.assign(document.createElement(at ? "td" : "th"), { textContent: String(text) }),
    ),
  );
  line.dataset["step"] = step;
  find("#results").append(line);
  find<HTMLElement>("#table").hidden = false;
}

const TITLES: Readonly<Record<Step, string>> = {
  buy: "Bought",
  order: "Your own order",
  blocked: "Bought with an ad blocker",
  without: "Without Tandem",
};

/** Waits until `isDone` says so of the sales that were not there before. */
async function follow(
  step: Step,
  newSales: (state: TourState) => readonly TourSale[],
  isDone: (seen: Seen) => boolean,
): Promise<void> {
  for (const until = Date.now() + LONGEST_MS; ; await rest(EVERY_MS)) {
    const sales = newSales(await read());
    const sum = (of: (sale: TourSale) => number) => sales.reduce((total, sale) => total + of(sale), 0);
    const inOrder = sales.toSorted((one, other) => other.browser - one.browser);
    const [first] = inOrder;
    const seen: Seen = {
      browser: sum(({ browser }) => browser),
      server: sum(({ server }) => server),
      counted: sum(({ counted }) => counted),
      ids: inOrder.map(({ id }) => id),
      money: first ? moneyOf(first) : "",
      ...(step !== "without" && first ? { event: first.event } : {}),
    };
    const ended = isDone(seen);
    show(step, seen, ended);
    if (ended) return;
    if (Date.now() > until) {
      find("#said").textContent =
        "That took longer than it should. The terminal in which the demo runs says more.";
      return;
    }
  }
}

const fresh = (before: readonly TourSale[]) => {
  const known = new Set(before.map(({ id }) => id));
  return (now: readonly TourSale[]) => now.filter(({ id }) => !known.has(id));
};

async function buy(step: "buy" | "blocked"): Promise<void> {
  const isNew = fresh((await read()).tandem);
  const frame = find<HTMLIFrameElement>("#shop");
  frame.parentElement?.removeAttribute("hidden");
  frame.src = `/__tour/visit?adblock=${step === "blocked" ? "on" : "off"}`;
  const wanted = step === "blocked" ? 0 : 1;
  await follow(
    step,
    // Orders of other stores' traffic may come meanwhile; the visitor's is the one that the browser knows of.
    ({ tandem }) => isNew(tandem).slice(0, 1),
    ({ browser, server }) => server > 0 && browser >= wanted,
  );
}

/** An order that somebody placed in the shop by hand, whose thank-you page led here. */
async function lookAt(id: string): Promise<void> {
  // The server waits for the browser, and where an ad blocker is at work the browser's copy never comes.
  const patience = Date.now() + 25_000;
  await follow(
    "order",
    ({ tandem }) => tandem.filter((sale) => sale.id === id),
    ({ browser, server }) => server > 0 && (browser > 0 || Date.now() > patience),
  );
}

async function buyWithout(): Promise<void> {
  const isNew = fresh((await read()).without);
  const { hit } = (await (await fetch("/__tour/without", { method: "POST" })).json()) as { hit: string };
  await fetch(hit, { mode: "no-cors" });
  await follow(
    "without",
    ({ without }) => isNew(without),
    ({ browser, server }) => browser > 0 && server > 0,
  );
}

const WORK: Readonly<Record<Exclude<Step, "order">, () => Promise<void>>> = {
  buy: () => buy("buy"),
  blocked: () => buy("blocked"),
  without: buyWithout,
};

const count = (number: number) => number.toLocaleString("en-US");
const OF_SHOP = {
  healthy:
    "Nothing went wrong in them but ad blockers and hiccups at Meta; npm run demo -- --history lives through 90 days with troubles.",
  eventful: "An outage at Meta, an expired token and days without the theme's embed are in it.",
} as const;
const HISTORY_WORDS: {
  readonly [Kind in TourHistory["kind"]]: (history: Extract<TourHistory, { kind: Kind }>) => string;
} = {
  none: () => "This shop has only just installed Tandem: it has no history.",
  playing: ({ day, of }) =>
    `The shop lives through its history: day ${day} of ${of}. The buttons wait for it, and Tandem's pages do not open meanwhile.`,
  beginning: () => "The shop begins with 90 days of history. The buttons wait some seconds for it.",
  there: ({ of, sales, serverAlone }) =>
    `The shop has 90 days behind it, made up and played through Tandem: Meta counts ${count(sales)} sales, and ${count(serverAlone)} of them it knows from the server alone, since no browser reported them. ${OF_SHOP[of]}`,
};

const steps = [...document.querySelectorAll<HTMLButtonElement>("button[data-step]")];
let isBusy = false;
let told: TourHistory["kind"] | undefined;

function setBusy(busy: boolean): void {
  isBusy = busy;
  for (const each of steps) each.disabled = busy || told === "playing" || told === "beginning";
}

function tellHistory(history: TourHistory): void {
  const say = HISTORY_WORDS[history.kind] as (history: TourHistory) => string;
  const line = find<HTMLElement>("#history");
  const text = say(history);
  if (line.textContent !== text) line.textContent = text;
  line.hidden = false;
  if (told === history.kind) return;
  told = history.kind;
  setBusy(isBusy);
}

/** Until there is nothing more to come. */
async function watchHistory(): Promise<void> {
  for (;;) {
    if (!isBusy) {
      const { history } = await read();
      tellHistory(history);
      if (["none", "there"].includes(history.kind)) return;
    }
    await rest(HISTORY_EVERY_MS);
  }
}

/** Shows a step from its beginning, while nothing else can be pressed. */
async function run(step: Step, saying: string, work: () => Promise<void>): Promise<void> {
  setBusy(true);
  find("#said").textContent = saying;
  find<HTMLAnchorElement>("#event").hidden = true;
  show(step, { browser: 0, server: 0, counted: 0, ids: [], money: "" }, false);
  await work().catch(sayFailure);
  setBusy(false);
}

function sayFailure(error: unknown): void {
  find("#said").textContent = `That did not work: ${error instanceof Error ? error.message : String(error)}`;
}

for (const button of steps)
  button.addEventListener("click", () => {
    const step = button.dataset["step"] as Exclude<Step, "order">;
    const saying = step === "without" ? "Two programs report one sale …" : "A visitor buys …";
    void run(step, saying, WORK[step]).then(() => button.focus());
  });

void watchHistory().catch(sayFailure);
const order = new URLSearchParams(location.search).get("order");
if (order !== null) void run("order", "Your order is on its way …", () => lookAt(order));
