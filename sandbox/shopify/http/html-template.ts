/** Text that is HTML already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark);

type Part = string | number | Html | readonly Part[] | undefined;

const write = (part: Part): string => {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  return part.map(write).join("");
};

/** Tagged template: every value is escaped unless it is Html (or a list of such). */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, piece, index) => text + write(parts[index - 1]) + piece));
}

/** JSON for a script element: nothing in it can close the element or open a comment. */
export const inlineJson = (value: unknown): Html => new Html(JSON.stringify(value).replace(/</g, "\\u003c"));
