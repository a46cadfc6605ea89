import { fileURLToPath } from "node:url";
import { readFile } from "node:fs/promises";

import express, { type RequestHandler } from "express";

import { browserScript } from "#sandbox/http/browser-script.ts";
import { answering } from "#sandbox/http/express-server.ts";
import { keepSwitches } from "#sandbox/shopify/storefront/switches.ts";
import type { World } from "#sandbox/start-world.ts";

import type { TourHistory, TourSale, TourState } from "./tour-state.ts";

/** A dataset of a shop that has pieced its tracking together: two senders that do not know of each other. */
const WITHOUT = "9990000000000001";
const MOST_SALES = 50;

/** What the tour is about, once there is a world: its pages are part of the shop, so that the shop can run in a frame. */
export interface Tour {
  readonly pages: RequestHandler;
  /** From here on the pages answer. */
  begin(world: World, shop: string, dataset: string): void;
  /** What the pages say of the shop's history; default none. */
  tell(history: TourHistory): void;
  /** That the shop has its history now: the figures are Meta's. */
  tellHistoryIsThere(of: "healthy" | "eventful"): void;
}

interface Begun {
  readonly world: World;
  readonly shop: string;
  readonly dataset: string;
  readonly token: string;
}

export function createTour(): Tour {
  let open: Begun | undefined;
  let history: TourHistory = { kind: "none" };
  let without = 0;
  const router = express.Router();
  const begun = () => {
    if (!open) throw new Error("the tour has not begun");
    return open;
  };

  router.get(
    "/",
    answering(async (_request, response) => {
      const { world, shop } = begun();
      const page = await readFile(fileURLToPath(new URL("tour.html", import.meta.url)), "utf8");
      const admin = world.shopify.adminUrl(shop, "/app");
      response.type("html").send(page.replaceAll("ADMIN", admin).replaceAll("META", local(world.meta.url)));
    }),
  );
  router.get("/tour.js", (_request, response) => {
    response.type("js").send(browserScript(new URL("tour-page.ts", import.meta.url)));
  });
  router.get("/tour.css", (_request, response) => {
    response.sendFile(fileURLToPath(new URL("tour.css", import.meta.url)));
  });
  // A new visitor, who then presses every button of the shop by themselves.
  router.get("/visit", (request, response) => {
    const adblock = request.query["adblock"] === "on" ? "on" : "off";
    keepSwitches(response, `adblock=${adblock}&autoplay=on`);
    response.type("html").send(NEW_VISITOR);
  });
  router.get("/state", (_request, response) => {
    response.json(stateOf(begun(), history));
  });
  router.post(
    "/without",
    answering(async (_request, response) => {
      const { world, token } = begun();
      without += 1;
      const number = String(1000 + without);
      const value = 49;
      await fetch(`${world.meta.graphUrl}/v26.0/${WITHOUT}/events`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({
          data: [
            {
              event_name: "Purchase",
              event_time: Math.floor(Date.now() / 1000),
              event_id: number,
              action_source: "website",
              event_source_url: "https://shop.example/thank-you",
              user_data: { client_ip_address: "203.0.113.7", client_user_agent: "Mozilla/5.0", fbp: FBP },
              custom_data: { value, currency: "USD" },
            },
          ],
        }),
      });
      // The page sends the other copy itself, as a theme's snippet does: with the order's name, which has a prefix.
      const hit = new URLSearchParams({
        id: WITHOUT,
        ev: "Purchase",
        eid: `#${number}`,
        dl: "https://shop.example/thank-you",
        fbp: FBP,
        "cd[value]": String(value),
        "cd[currency]": "USD",
        noscript: "1",
      });
      response.json({ hit: `${local(world.meta.trUrl)}?${hit}` });
    }),
  );

  return {
    pages: router,
    begin: (world, shop, dataset) => {
      world.meta.addDataset({ id: WITHOUT, name: "A shop without Tandem" });
      open = { world, shop, dataset, token: world.meta.addToken({ datasets: [WITHOUT] }) };
    },
    tell: (told) => {
      history = told;
    },
    tellHistoryIsThere: (of) => {
      const { world, dataset } = begun();
      const sales = world.meta.events({ dataset, name: "Purchase" });
      const isServerAlone = ({ copies }: (typeof sales)[number]) =>
        copies.every(({ channel }) => channel === "server");
      history = {
        ...{ kind: "there", of, sales: sales.length },
        serverAlone: sales.filter(isServerAlone).length,
      };
    },
  };
}

const FBP = "fb.1.1700000000000.1234567890";

const local = (url: string): string => url.replace("127.0.0.1", "localhost");

/** Forgets what the browser knows of the shop, but not its switches, and walks in. */
const NEW_VISITOR = `<!doctype html><title>A visitor comes</title><script>
  for (const pair of document.cookie.split("; ")) {
    const name = pair.split("=")[0];
    if (name === "sandbox_switches") continue;
    for (const domain of ["", "; domain=" + location.hostname]) document.cookie = name + "=; path=/; max-age=0" + domain;
  }
  localStorage.clear(); sessionStorage.clear(); location.replace("/products/tee");
</script>`;

function stateOf({ world, shop, dataset }: Begun, history: TourHistory): TourState {
  const salesAt = (id: string): readonly TourSale[] =>
    world.meta
      .events({ dataset: id, name: "Purchase" })
      .slice(-MOST_SALES)
      .map((event) => {
        const copiesOf = (channel: string) => event.copies.filter((copy) => copy.channel === channel).length;
        const [first] = event.copies;
        return {
          id: event.id ?? "",
          browser: copiesOf("browser"),
          server: copiesOf("server"),
          counted: event.counted,
          value: first?.value ?? 0,
          currency: first?.currency ?? "",
          event: world.shopify.adminUrl(shop, `/app/events?q=${encodeURIComponent(event.id ?? "")}`),
        };
      });
  return { history, tandem: salesAt(dataset), without: salesAt(WITHOUT) };
}
