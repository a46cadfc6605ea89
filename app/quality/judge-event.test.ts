import { describe, expect, it } from "vitest";

import { sayText } from "../texts/texts.ts";
import { judgeEvent, type BrowserStory, type JudgedDataset } from "./judge-event.ts";

const DATASET: JudgedDataset = {
  name: "Main",
  state: "delivered",
  skip: null,
  pairing: "paired",
  counting: { kind: "once", holds: "browser", because: "browser_preferred" },
  browser: "sent",
  mayHaveArrived: true,
  answer: null,
  differing: null,
};
const said = (datasets: Partial<JudgedDataset>[], source = "web") =>
  judgeEvent({ source, datasets: datasets.map((each) => ({ ...DATASET, ...each })) }).map(
    ({ datasets: names, verdict }) => ({
      names,
      tone: verdict.tone,
      title: sayText(verdict.title),
      text: verdict.text.map(sayText).join(" "),
      setting: verdict.setting?.url,
    }),
  );
const only = (dataset: Partial<JudgedDataset>, source = "web") => said([dataset], source)[0];

describe("the verdict on two copies", () => {
  it("is once, with the value that Meta most likely holds, where only the value differs", () => {
    const differing = { browserValue: "$40.00", serverValue: "$38.36" };
    expect(only({ differing })).toMatchObject({
      title: "Counted once, but the values differ",
      tone: "warning",
    });
    expect(only({ differing })?.text).toContain("most likely holds the browser’s value, $40.00");
    const counting = { kind: "once", holds: "server", because: "first" } as const;
    expect(only({ differing, counting })?.text).toContain("most likely holds the server’s value, $38.36");
    expect(only({ differing, counting: null })?.text).toContain("may hold the browser’s value");
    expect(only({ differing: "other" })?.title).toBe("Counted once, but the copies differ");
  });

  it.each([
    ["event_id", "different event IDs"],
    ["event_name", "different event names"],
    ["time", "more than 48 hours apart"],
  ] as const)("may be twice, and says why: %s", (because, text) => {
    const twice = only({ pairing: "mismatched", counting: { kind: "twice", because: [because] } });
    expect(twice).toMatchObject({ title: "May be counted twice", tone: "critical" });
    expect(twice?.text).toContain(text);
  });

  it.each<[BrowserStory, RegExp]>([
    ["blocked", /blocked the browser’s copy/],
    ["failed", /tried to send its copy and could not/],
    ["silent", /never said that it did/],
    ["unpaid", /not paid yet/],
    ["no_report", /No browser told us/],
  ])("names the cause that the timeline knows: %s", (browser, text) => {
    expect(only({ pairing: "server_only", browser })?.title).toMatch(/^Recovered/);
    expect(only({ pairing: "server_only", browser })?.text).toMatch(text);
  });

  it("recovers nothing where no buyer's browser is", () => {
    expect(only({ pairing: "server_only", browser: "no_browser" }, "pos")?.title).toBe(
      "Counted once, from the server",
    );
  });
});

describe("what was not sent", () => {
  const consent = (facts: object) =>
    only({
      state: "skipped",
      browser: "no_report",
      pairing: "pending",
      skip: {
        reason: "no_consent",
        rule: null,
        kind: "Online store",
        consent: { answer: "unheard", policy: "regional", country: "Germany", ...facts },
      },
    });

  it.each([
    [{ answer: "refused_browser" }, /refused.*browser told us.*Germany.*whatever the settings say/],
    [{ answer: "refused_cart" }, /refused.*cart/],
    [{ answer: "unasked" }, /not asked, or did not answer.*Germany.*only after the buyer agreed/],
    [{}, /No answer .* reached us.*Germany/],
    [{ country: "EU" }, /paid in euros/],
    [{ policy: "strict", country: null }, /recorded yes for every sale/],
    [{ policy: null, country: null, answer: "unknown" }, /refused marketing cookies, or/],
  ])("has a true reason of its own: %j", (facts, text) => {
    expect(consent(facts)).toMatchObject({ title: "Not sent", tone: "info" });
    expect(consent(facts)?.text).toMatch(text);
  });

  it("links to the setting that decided", () => {
    expect(consent({})?.setting).toBe("/app/settings#consent");
  });

  it("does not say that no copy went where the browser's did", () => {
    const skip = { reason: "browser_copy_counted", rule: null, kind: "", consent: null };
    expect(only({ state: "skipped", pairing: "browser_only", skip })?.title).toBe("Server copy not sent");
  });
});

describe("what failed, waits, or differs between datasets", () => {
  it("keeps Meta's answer, and says whose it is", () => {
    const dead = { state: "dead", pairing: "pending", browser: "blocked", mayHaveArrived: false } as const;
    const answer = { text: "“Invalid” (code 100/2804019)", isMetas: true };
    expect(only({ ...dead, answer })?.text).toContain("Meta says: “Invalid” (code 100/2804019).");
    expect(only({ ...dead, answer: { ...answer, isMetas: false } })?.text).not.toContain("Meta says");
    expect(only(dead)?.title).toBe("The server copy did not reach Meta");
    expect(only({ ...dead, mayHaveArrived: true })?.title).toBe("Meta never confirmed the server copy");
  });

  it("judges each dataset by itself, the gravest first", () => {
    expect(said([{}, { name: "Agency", state: "dead", pairing: "browser_only" }])).toMatchObject([
      { names: ["Agency"], tone: "critical" },
      { names: ["Main"], title: "Counted once" },
    ]);
    expect(said([{}, { name: "Agency" }])).toMatchObject([{ names: ["Main", "Agency"] }]);
  });

  it("does not promise to send what consent forbids", () => {
    const skip = { reason: "no_consent", rule: null, kind: "", consent: null };
    const [first, second] = said([
      { state: "held", browser: "no_report", pairing: "pending" },
      { name: "Agency", state: "skipped", browser: "no_report", pairing: "pending", skip },
    ]);
    expect(first?.title).toBe("Not sent");
    expect(second).toBeUndefined();
  });

  it("says that no dataset was there", () => {
    expect(said([])).toMatchObject([{ title: "Not sent: no dataset was connected" }]);
  });
});
