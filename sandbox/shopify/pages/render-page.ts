import { fileURLToPath } from "node:url";
import { Liquid } from "liquidjs";

/** The sandbox's own pages: every value is escaped unless its template says `raw` or `script_json`. */
const pages = new Liquid({
  root: fileURLToPath(new URL(".", import.meta.url)),
  extname: ".liquid",
  cache: true,
  outputEscape: "escape",
  strictFilters: true,
  strictVariables: true,
});

/** JSON for a script element: nothing in it can close the element or open a comment. */
pages.registerFilter("script_json", {
  raw: true,
  handler: (value: unknown) => JSON.stringify(value).replace(/</g, "\\u003c"),
});

/** A template of this folder as HTML. A value that the template names and `data` lacks is an error; null is empty. */
export async function renderPage(name: string, data: Readonly<Record<string, unknown>>): Promise<string> {
  return (await pages.renderFile(name, data)) as string;
}
