import { expect, it } from "vitest";

import { languageOf } from "./in-language.server.ts";
import { readLanguage } from "./language.ts";

it.each([
  ["en", "en"],
  ["en-GB", "en"],
  ["de", "de"],
  ["de-AT", "de"],
  ["DE_de", "de"],
  ["fr-CA", "fr"],
  ["es-419", "es"],
  ["pt", "pt-BR"],
  ["pt-PT", "pt-BR"],
  ["pt-BR", "pt-BR"],
  ["ja", "ja"],
  ["ja-Latn-JP-x-private", "ja"],
])("%s is read as %s", (tag, language) => expect(readLanguage(tag)).toBe(language));

it.each([
  null,
  undefined,
  "",
  "nl",
  "xx-XX",
  "dev",
  "deutsch",
  "-de",
  " de",
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "\u0000",
  "x".repeat(100_000),
  "de".repeat(100_000),
])("%j is no language of ours", (tag) => expect(readLanguage(tag)).toBeUndefined());

const request = (url: string, told?: string | string[]) => ({
  url,
  headers: told === undefined ? {} : { "x-tandem-language": told },
});

it.each([
  ["what the page tells", request("/app", "fr"), "fr"],
  ["before what its address says", request("/app?locale=de", "ja"), "ja"],
  ["what Shopify wrote into the address", request("/app?shop=x&locale=de-DE&host=y"), "de"],
  ["the address, where the page tells nothing known", request("/app?locale=es", "tlh"), "es"],
  ["the first of two in an address", request("/app?locale=ja&locale=de"), "ja"],
  ["English, where nothing known is said", request("/app?locale=nl"), "en"],
  ["English, where nothing is said", request("/app"), "en"],
  ["English, where the address is broken", request("/app?locale=%E0%A4%A"), "en"],
  ["English, where a header is said twice", request("/app", ["de", "fr"]), "en"],
  ["English, where two headers became one", request("/app", "de, fr"), "en"],
])("a request is answered in %s", (_, asked, language) => expect(languageOf(asked)).toBe(language));
