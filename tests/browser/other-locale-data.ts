/**
 * Runs in a page before everything else: the browser writes numbers, money, dates and names as no other one does, as if
 * its locale data were of another version than the server's. What a page formats by the platform shows an "≠".
 */
export function changeLocaleData(): void {
  const odd = (): string => "≠";
  const parts = () => [{ type: "literal", value: "≠" }];
  const change = (prototype: object, names: readonly string[], value: unknown) => {
    for (const name of names) Object.defineProperty(prototype, name, { value, configurable: true });
  };
  for (const kind of [Intl.NumberFormat, Intl.DateTimeFormat, Intl.ListFormat, Intl.RelativeTimeFormat]) {
    change(kind.prototype, ["formatToParts", "formatRange"], parts);
    Object.defineProperty(kind.prototype, "format", { get: () => odd, configurable: true });
  }
  change(Intl.DisplayNames.prototype, ["of"], odd);
  change(Number.prototype, ["toLocaleString"], odd);
  change(BigInt.prototype, ["toLocaleString"], odd);
  change(Array.prototype, ["toLocaleString"], odd);
  change(Date.prototype, ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"], odd);
  change(String.prototype, ["localeCompare"], (other: string) => other.length % 3);
}
