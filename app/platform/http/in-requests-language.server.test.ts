import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import { afterEach, expect, it } from "vitest";

import { sayText } from "../../texts/texts.ts";
import { createLog } from "../process/log.server.ts";
import { startHttpServer, type HttpServer } from "./http-server.server.ts";

let server: HttpServer | undefined;
afterEach(() => server?.stop(0));

/** An app of one address, whose answer waits at every step until all that were asked have come as far. */
async function startTalker(together: number): Promise<string> {
  const steps = [0, 1, 2].map(() => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    let waiting = 0;
    return () => {
      waiting += 1;
      if (waiting >= together) open();
      return opened;
    };
  });
  const say = async (): Promise<Response> => {
    const said = [sayText({ key: "common.save" })];
    for (const step of steps) {
      await step();
      said.push(sayText({ key: "common.save" }));
    }
    return Response.json(said);
  };
  const build = {
    entry: { module: { default: () => new Response("no page") } },
    routes: { root: { id: "root", path: "", module: { loader: say, action: say } } },
    assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "" },
    assetsBuildDirectory: "",
    publicPath: "/",
    basename: "/",
    mode: "production",
    future: {},
    isSpaMode: false,
  } as unknown as ServerBuild;
  server = await startHttpServer({
    build,
    mode: "production",
    host: "127.0.0.1",
    port: 0,
    trustedProxies: 0,
    log: createLog("silent"),
    loadContext: () => ({}) as AppLoadContext,
    readiness: () => Promise.resolve({ ready: true }),
    metricsFor: () => Promise.resolve(undefined),
  });
  return `http://127.0.0.1:${server.port}`;
}

it("answers requests that are in work at the same time each in its own language", async () => {
  const asked = [
    ["/?locale=de-DE", {}, "Speichern"],
    ["/?locale=fr", { "x-tandem-language": "ja" }, "保存"],
    ["/?locale=fr", {}, "Enregistrer"],
    ["/", {}, "Save"],
    ["/?locale=%00%00&locale=de", { "x-tandem-language": "constructor" }, "Save"],
    ["/?locale=pt-PT", { "accept-language": "de" }, "Salvar"],
  ] as const;
  const url = await startTalker(asked.length);
  const answers = await Promise.all(
    asked.map(async ([address, headers]) => {
      const answer = await fetch(url + address, { headers });
      return { vary: answer.headers.get("vary"), said: (await answer.json()) as unknown };
    }),
  );
  expect(answers.map(({ said }) => said)).toEqual(asked.map(([, , word]) => [word, word, word, word]));
  for (const { vary } of answers) expect(vary?.toLowerCase()).toContain("x-tandem-language");
});

it("reads the language of a form from its request too", async () => {
  const url = await startTalker(1);
  const answer = await fetch(`${url}/`, { method: "POST", headers: { "x-tandem-language": "es" } });
  expect(await answer.json()).toEqual(["Guardar", "Guardar", "Guardar", "Guardar"]);
});
