import { AsyncLocalStorage } from "node:async_hooks";

import { addLanguage } from "./add-language.ts";
import { ENGLISH, LANGUAGE_HEADER, readLanguage, takeLanguageFrom, type Language } from "./language.ts";
import { pack as german } from "./languages/language-de.ts";
import { pack as spanish } from "./languages/language-es.ts";
import { pack as french } from "./languages/language-fr.ts";
import { pack as japanese } from "./languages/language-ja.ts";
import { pack as portuguese } from "./languages/language-pt-BR.ts";

const PACKS: Readonly<Record<Exclude<Language, "en">, typeof german>> = {
  de: german,
  fr: french,
  es: spanish,
  "pt-BR": portuguese,
  ja: japanese,
};

for (const language of Object.keys(PACKS) as (keyof typeof PACKS)[]) addLanguage(language, PACKS[language]);

const spoken = new AsyncLocalStorage<Language>();
takeLanguageFrom(() => spoken.getStore() ?? ENGLISH);

/**
 * Does some work in a language, and all that it waits for; work that runs at the same time keeps its own. What nobody put
 * into a language is English: jobs, logs and command lines.
 */
export function inLanguage<Result>(language: Language, work: () => Result): Result {
  return spoken.run(language, work);
}

/**
 * The language of a request: what the page in the browser tells with it, else what Shopify's admin wrote into the page's
 * address, else English. Both are a stranger's to choose; neither does more than choose.
 *
 * @param url path and query as they were asked for
 */
export function languageOf(request: {
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}): Language {
  const told = request.headers[LANGUAGE_HEADER];
  const query = request.url?.split("?")[1] ?? "";
  return (
    (typeof told === "string" ? readLanguage(told) : undefined) ??
    readLanguage(new URLSearchParams(query).get("locale")) ??
    ENGLISH
  );
}
