import { expect, it } from "vitest";

import { sendLanguage } from "./send-language.ts";

const HERE = "https://tandem.example.com/app/events?view=all";

interface Sent {
  readonly input: unknown;
  readonly headers: Headers;
}

function pageWith(sent: Sent[]): Pick<Window, "fetch" | "location"> {
  const { href, origin } = new URL(HERE);
  return {
    location: { href, origin } as Location,
    fetch: (input, init) => {
      sent.push({ input, headers: new Headers(init?.headers) });
      return Promise.resolve(new Response("ok"));
    },
  };
}

it.each([
  ["/app/settings?_data=routes%2Fapp.settings", "de"],
  ["https://tandem.example.com/app/events.csv", "de"],
  [new URL("/app", HERE), "de"],
  ["https://other.example.com/app", null],
  ["http://tandem.example.com/app", null],
  ["//other.example.com/app", null],
  ["data:text/plain,x", null],
  ["https://", null],
])("tells %s: %s", async (address, told) => {
  const sent: Sent[] = [];
  const page = pageWith(sent);
  sendLanguage("de", page);
  await page.fetch(address);
  expect(sent.map(({ headers }) => headers.get("x-tandem-language"))).toEqual([told]);
});

it("keeps what a request says besides, in whichever form it is written", async () => {
  const sent: Sent[] = [];
  const page = pageWith(sent);
  sendLanguage("ja", page);
  await page.fetch("/app", { headers: { authorization: "Bearer a" } });
  await page.fetch(new Request("https://tandem.example.com/app", { headers: { "x-of-the-request": "b" } }));
  expect(sent.map(({ headers }) => Object.fromEntries(headers))).toEqual([
    { authorization: "Bearer a", "x-tandem-language": "ja" },
    { "x-of-the-request": "b", "x-tandem-language": "ja" },
  ]);
});
