import { randomBytes } from "node:crypto";
import { z } from "zod";

import { graphError, missingPermission, objectMissing, type GraphError } from "./graph-error.ts";
import { LOCALES } from "./error-texts.ts";

/** What has befallen a token, and Meta's subcode under code 190 where it has one (meta.md section 6). */
const STATES = {
  valid: undefined,
  no_permission: undefined,
  app_removed: [458, "The user has not authorized the application"],
  checkpoint: [459, "The account has to pass a checkpoint first"],
  password_changed: [460, "The session was invalidated because the password was changed"],
  expired: [463, "Session has expired"],
  unconfirmed: [464, "The account is not confirmed"],
  invalidated: [467, "The session has been invalidated"],
  role_lost: [492, "The user no longer has a role on the business asset"],
} as const;
const TEXTS = new Map<number, string>(Object.values(STATES).filter((state) => state !== undefined));

const may = z.exactOptional;

/** A token to register or to change; what is left out keeps what it has, at first Meta's defaults. */
export const newTokenSchema = z.strictObject({
  token: may(z.string().min(1)),
  /** Datasets the token may write to. */
  datasets: may(z.array(z.string())),
  /** An Events Manager token carries exactly `read_ads_dataset_quality` (meta.md 5.1). */
  scopes: may(z.array(z.string())),
  /** Unix seconds, 0 = never. */
  expiresAt: may(z.int()),
  state: may(z.enum(Object.keys(STATES) as (keyof typeof STATES)[])),
  /** The language Meta answers this token in. */
  locale: may(z.enum(LOCALES)),
});

export type NewAccessToken = z.infer<typeof newTokenSchema>;
export type AccessToken = Required<NewAccessToken>;

const PARSABLE = /^EAA[A-Za-z0-9]{6,}$/;

export class AccessTokens {
  readonly #tokens = new Map<string, AccessToken>();

  /** Registers a token, or changes one that is known; returns it. Without `token` one is made up. */
  add(given: NewAccessToken): AccessToken {
    const token = given.token ?? `EAA${randomBytes(24).toString("hex")}`;
    const record: AccessToken = {
      datasets: [],
      scopes: ["read_ads_dataset_quality"],
      expiresAt: 0,
      state: "valid",
      locale: "en_US",
      ...this.#tokens.get(token),
      ...given,
      token,
    };
    this.#tokens.set(token, record);
    return record;
  }

  get(token: string): AccessToken | undefined {
    return this.#tokens.get(token);
  }

  all(): AccessToken[] {
    return [...this.#tokens.values()];
  }

  clear(): void {
    this.#tokens.clear();
  }

  /** The token behind a call, or the error that Meta answers. `now` in ms. */
  authenticate(token: string | undefined, now: number): AccessToken | GraphError {
    if (token === undefined || token === "") {
      return graphError(104, "An access token is required to request this resource.");
    }
    const known = this.#tokens.get(token);
    if (known !== undefined) return tokenFailure(known, now) ?? known;
    if (PARSABLE.test(token)) return tokenError(467);
    return graphError(190, "Invalid OAuth access token - Cannot parse access token", { status: 401 });
  }
}

/** The error a known token's state brings, if any. */
export function tokenFailure({ state, expiresAt }: AccessToken, now: number): GraphError | undefined {
  const [subcode] = STATES[state] ?? [];
  if (subcode !== undefined) return tokenError(subcode);
  return expiresAt !== 0 && now >= expiresAt * 1000 ? tokenError(463) : undefined;
}

/** 190 with a subcode, on HTTP 400 as recorded. */
export function tokenError(subcode: number): GraphError {
  const reason = TEXTS.get(subcode);
  return graphError(190, `Error validating access token${reason === undefined ? "" : `: ${reason}`}`, {
    subcode,
  });
}

/** Permission loss: 200 on the dataset, 10 on the application. */
export function permissionError(code: 10 | 200): GraphError {
  return code === 200
    ? graphError(200, "(#200) Permissions error: this dataset is not shared with the caller", { status: 403 })
    : graphError(10, "(#10) Application does not have permission for this action", { status: 403 });
}

/** May this token write events to this dataset ("post"), or read its quality figures ("get", meta.md 5.1)? */
export function checkAccess(
  { datasets, state, scopes }: AccessToken,
  datasetId: string,
  method: "get" | "post",
): GraphError | undefined {
  if (!datasets.includes(datasetId)) return objectMissing(datasetId, method);
  if (state === "no_permission") return permissionError(200);
  const has = (scope: string): boolean => scopes.includes(scope);
  const mayRead =
    has("read_ads_dataset_quality") ||
    (has("ads_read") && (has("ads_management") || has("business_management")));
  return method === "post" || mayRead ? undefined : missingPermission();
}
