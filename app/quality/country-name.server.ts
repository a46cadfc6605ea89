const NAMES = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

/**
 * A country's English name, by the server's own locale data: pages get it as text, so that it is the same in every
 * browser. A code that names nothing stays.
 */
export function countryName(code: string): string {
  try {
    return NAMES.of(code) ?? code;
  } catch {
    return code;
  }
}
