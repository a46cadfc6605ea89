/** What a merchant types about a dataset, checked before anybody is asked. Messages stand beside the field. */
export type FieldErrors<Field extends string> = Readonly<Partial<Record<Field, string>>>;

export type DatasetIdOutcome =
  { readonly ok: true; readonly datasetId: string } | { readonly ok: false; readonly message: string };

/** Meta's dataset (Pixel) ID: digits only. Spaces around it come from copying and are forgiven. */
export function readDatasetId(typed: string): DatasetIdOutcome {
  const datasetId = typed.trim();
  if (datasetId === "")
    return {
      ok: false,
      message: "Enter the dataset ID: the number under the dataset’s name in Events Manager.",
    };
  if (!/^\d+$/.test(datasetId))
    return { ok: false, message: "A dataset ID has digits only, such as 1234567890123456." };
  if (datasetId.length < 5 || datasetId.length > 20)
    return { ok: false, message: "A dataset ID has 5 to 20 digits. Check that it was copied whole." };
  return { ok: true, datasetId };
}

export type TokenInputOutcome =
  { readonly ok: true; readonly token: string } | { readonly ok: false; readonly message: string };

/** An access token as Meta shows it: one word. Line breaks and spaces come from copying. */
export function readToken(typed: string): TokenInputOutcome {
  const token = typed.replace(/\s+/g, "");
  if (token === "") return { ok: false, message: "Paste the access token." };
  if (token.length < 20)
    return { ok: false, message: "This is too short for an access token. Copy it whole." };
  if (token.length > 1_000 || !/^[\x21-\x7e]+$/.test(token))
    return { ok: false, message: "This is not an access token. Copy the one that Events Manager shows." };
  return { ok: true, token };
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
