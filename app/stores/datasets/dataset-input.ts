import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/connect.ts";
import "../../texts/areas/test-events.ts";

/** What a merchant types about a dataset, checked before anybody is asked. Messages stand beside the field. */
export type FieldErrors<Field extends string> = Readonly<Partial<Record<Field, string>>>;

/**
 * What was copied, without what no ID, token or code holds but copying brings along: spaces, line breaks, zero-width
 * characters, marks of the writing direction, byte order marks.
 */
export function withoutPasteMarks(pasted: string): string {
  return pasted
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, "")
    .normalize("NFKC");
}

export type DatasetIdOutcome =
  { readonly ok: true; readonly datasetId: string } | { readonly ok: false; readonly message: string };

/** Meta's dataset (Pixel) ID: digits only. */
export function readDatasetId(typed: string): DatasetIdOutcome {
  const datasetId = withoutPasteMarks(typed);
  if (datasetId === "") return { ok: false, message: sayText({ key: "connect.idMissing" }) };
  if (!/^\d+$/.test(datasetId)) return { ok: false, message: sayText({ key: "connect.idShape" }) };
  if (datasetId.length < 5 || datasetId.length > 20)
    return { ok: false, message: sayText({ key: "connect.idLength" }) };
  return { ok: true, datasetId };
}

export type TokenInputOutcome =
  { readonly ok: true; readonly token: string } | { readonly ok: false; readonly message: string };

/** An access token as Meta shows it: one word. */
export function readToken(typed: string): TokenInputOutcome {
  const token = withoutPasteMarks(typed);
  if (token === "") return { ok: false, message: sayText({ key: "connect.tokenMissing" }) };
  if (token.length < 20) return { ok: false, message: sayText({ key: "connect.tokenShort" }) };
  if (token.length > 1_000 || !/^[\x21-\x7e]+$/.test(token))
    return { ok: false, message: sayText({ key: "connect.tokenShape" }) };
  return { ok: true, token };
}

export type TestCodeInput =
  { readonly ok: true; readonly code: string } | { readonly ok: false; readonly message: string };

/**
 * A test event code, empty for none. Meta shows TEST and digits, and documents no rule: what could be a code is taken,
 * what is something else of Events Manager is named, and several words are none.
 */
export function readTestCode(typed: string): TestCodeInput {
  const code = withoutPasteMarks(typed);
  if (code === "" || isUsualTestCode(code)) return { ok: true, code };
  if (/^\d{12,20}$/.test(code)) return { ok: false, message: sayText({ key: "testEvents.codeIsId" }) };
  if (/^EAA/.test(code) || code.length > 60)
    return { ok: false, message: sayText({ key: "testEvents.codeIsToken" }) };
  if (!/^[A-Za-z0-9_-]{3,40}$/.test(code) || isSeveralWords(typed))
    return { ok: false, message: sayText({ key: "testEvents.codeShape" }) };
  return { ok: true, code };
}

function isSeveralWords(typed: string): boolean {
  return /\S\s+\S/u.test(typed.replaceAll(/\p{Cf}/gu, ""));
}

/** As Meta shows its codes; another one is taken, with a warning beside it. */
export function isUsualTestCode(code: string): boolean {
  return /^TEST\d{1,10}$/.test(code);
}

/** A name for the merchant's own eyes; empty = none. */
export function readDatasetName(typed: string): string | null {
  const name = typed
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 80);
  return name === "" ? null : name;
}
