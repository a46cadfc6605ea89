import type { TextKey } from "../texts/texts.ts";
import { CHECKS } from "./checks/registry.ts";
import type { CheckCode } from "./check.ts";

/** Where a finding is mended: a page of the app, or of Shopify's admin (https). */
export interface MendLink {
  readonly url: string;
  readonly name: TextKey;
}

/** Of these checks. Kept on the server, so that a page does not load every check to show a button. */
export function mendLinks(codes: readonly CheckCode[]): Readonly<Record<string, MendLink>> {
  return Object.fromEntries(
    CHECKS.filter(({ code }) => codes.includes(code)).map(({ code, mend }) => [code, mend]),
  );
}
