import { fileURLToPath } from "node:url";
import { Liquid } from "liquidjs";

/** The sandbox's own pages: every value is escaped unless its template says `raw` or `script_json`. */
const pages = new Liquid({
  root: ["../meta/page/", "../shopify/pages/"].map((folder) =>
    fileURLToPath(new URL(folder, import.meta.url)),
  ),
  extname: ".liquid",
  cache: true,
  outputEscape: "escape",
  strictFilters: true,
  strictVariables: true,
  lenientIf: true,
});

pages.registerFilter("json_text", (value: unknown) => JSON.stringify(value, null, 2));
pages.registerFilter("number", (value: number) => value.toLocaleString("en"));
/** `ms` as date and time in UTC. */
pages.registerFilter("utc", (ms: number) => new Date(ms).toISOString().replace("T", " ").slice(0, 19));
/** JSON for a script element: nothing in it can close the element or open a comment. */
pages.registerFilter("script_json", {
  raw: true,
  handler: (value: unknown) => JSON.stringify(value).replace(/</g, "\\u003c"),
});

/** A template of meta/page/ or shopify/pages/ as HTML. A value that the template prints and `data` lacks is an error; null is empty. */
export async function renderPage(name: string, data: Readonly<Record<string, unknown>>): Promise<string> {
  return (await pages.renderFile(name, data)) as string;
}
