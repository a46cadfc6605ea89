import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { MINE, openAttackStage, type AttackStage } from "#tests/security/attack-stage.ts";

/** The directives of a policy: name and sources. */
function readPolicy(response: Response): ReadonlyMap<string, readonly string[]> {
  const policy = response.headers.get("content-security-policy") ?? "";
  return new Map(
    policy.split(";").flatMap((part) => {
      const [name, ...sources] = part.trim().split(/\s+/);
      return name ? [[name, sources] as const] : [];
    }),
  );
}

const nonceOf = (response: Response) =>
  readPolicy(response)
    .get("script-src")
    ?.map((source) => /^'nonce-([A-Za-z0-9+/]{22}==)'$/.exec(source)?.[1])
    .find((nonce) => nonce !== undefined);

/** W3C, "Content Security Policy Level 3": what a page may run, on every page that the app gives out. */
describe("scripts of a page", () => {
  let stage: AttackStage;
  beforeAll(async () => {
    stage = await openAttackStage();
  });
  afterAll(() => stage.close());

  const pages: readonly (readonly [string, (stage: AttackStage) => Promise<Response>])[] = [
    ["the page for visitors", ({ ask }) => ask("/")],
    ["an address that does not exist", ({ ask }) => ask("/nothing/here")],
    ...["/app", "/app/events", "/app/datasets", "/app/settings", "/app/test-events", "/app/privacy"].map(
      (path) => [`the admin's ${path}`, ({ launch }: AttackStage) => launch(path)] as const,
    ),
    ["an event that is not there", ({ launch }) => launch("/app/events/99")],
    ["Shopify's page for renewing a session", ({ ask }) => ask(`/auth/session-token?shop=${MINE}`)],
    [
      "Shopify's page for leaving the frame",
      ({ ask }) =>
        ask(
          `/auth/exit-iframe?shop=${MINE}&exitIframe=${encodeURIComponent("https://admin.shopify.com/store/x")}`,
        ),
    ],
  ];

  it.each(pages)("run only with the page's own nonce: %s", async (_name, open) => {
    const [first, second] = [await open(stage), await open(stage)];
    const html = await first.text();
    await second.text();
    expect(first.headers.get("content-type")).toMatch(/^text\/html/);
    const policy = readPolicy(first);
    const nonce = nonceOf(first);
    expect(nonce).toBeDefined();
    expect(nonceOf(second)).not.toBe(nonce);
    expect(policy.get("script-src")?.filter((source) => /unsafe|\*|data:|^https?:$/.test(source))).toEqual(
      [],
    );
    expect(policy.get("object-src")).toEqual(["'none'"]);
    expect(policy.get("base-uri")).toEqual(["'self'"]);
    expect(policy.has("frame-ancestors")).toBe(true);
    const inline = [...html.matchAll(/<script\b([^>]*)>/g)].filter(
      ([, attributes = ""]) => !/\bsrc=/.test(attributes),
    );
    expect(inline.filter(([, attributes = ""]) => !attributes.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(html).not.toMatch(/<[^>]+\son\w+=/);
  });

  it.each(["https://evil.example.com/", "javascript:alert(1)", "//evil.example.com", "x".repeat(2_000)])(
    "and nobody is led out of the frame to %s",
    async (address) => {
      const response = await stage.ask(
        `/auth/exit-iframe?shop=${MINE}&exitIframe=${encodeURIComponent(address)}`,
      );
      const text = await response.text();
      if (address.startsWith("x")) return expect(response.status).toBeLessThan(500);
      expect(response.status).toBe(400);
      expect(text).not.toContain("evil");
    },
  );

  it("are none at all in what is not a page", async () => {
    for (const path of ["/healthz", "/assets/nothing.js", "/pixel/checkout"]) {
      const response = await stage.ask(path);
      expect(response.headers.get("content-security-policy"), path).toMatch(/default-src 'none'/);
    }
  });

  it("and pages and their data are kept by no cache between", async () => {
    const token = await stage.world.shopify.idToken(MINE);
    for (const path of [
      "/app/events?_data=routes%2Fapp.events._index",
      "/app/settings?_data=routes%2Fapp.settings",
      "/app/events/csv",
      "/app/events",
      "/nothing/here",
      // Nobody is named to this process, so that there is neither.
      "/privacy-policy",
      "/support",
    ]) {
      const response = await stage.ask(path, token);
      await response.text();
      expect(response.headers.get("cache-control"), path).toBe("private, no-store");
    }
  });

  it("serves no policy that names nobody", async () => {
    for (const path of ["/privacy-policy", "/support"])
      expect((await stage.ask(path)).status, path).toBe(404);
  });
});
