import { randomBytes } from "node:crypto";
import { z } from "zod";

import { graphError, missingPermission, objectMissing, type GraphError } from "./graph-error.ts";
import { LOCALES } from "./error-texts.ts";

/** What has befallen a token, and Meta's subcode under code 190 where it has one (meta.md section 6). */
const SUBCODES = {
  valid: undefined,
  app_removed: 458,
  checkpoint: 459,
  password_changed: 460,
  expired: 463,
  unconfirmed: 464,
  invalidated: 467,
  role_lost: 492,
  no_permission: undefined,
} as const;

const MESSAGES: Readonly<Record<number, string>> = {
  458: "Error validating access token: The user has not authorized the application",
  459: "Error validating access token: The account has to pass a checkpoint first",
  460: "Error validating access token: The session was invalidated because the password was changed",
  463: "Error validating access token: Session has expired",
  464: "Error validating access token: The account is not confirmed",
  467: "Error validating access token: The session has been invalidated",
  492: "Error validating access token: The user no longer has a role on the business asset",
};

const may = z.exactOptional;

/** A token to register or to change; what is left out keeps what it has, at first Meta's defaults. */
export const newTokenSchema = z.strictObject({
  token: may(z.string().min(1)),
  /** Datasets the token may write to. */
  datasets: may(z.array(z.string())),
  /** An Events Manager token carries exactly `read_ads_dataset_quality` (meta.md 5.1). */
  scopes: may(z.array(z.string())),
  /** Some tokens name no target IDs; absence must be read as "unknown" (meta.md section 7). */
  granular: may(z.boolean()),
  type: may(z.enum(["SYSTEM_USER", "USER", "APP"])),
  application: may(z.string()),
  appId: may(z.string()),
  /** Unix seconds, 0 = never. */
  expiresAt: may(z.int()),
  state: may(z.enum(Object.keys(SUBCODES) as (keyof typeof SUBCODES)[])),
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
    const known = this.#tokens.get(token);
    const record: AccessToken = {
      datasets: [],
      scopes: ["read_ads_dataset_quality"],
      granular: true,
      type: "SYSTEM_USER",
      application: "Conversions API Application",
      appId: "1045678901234567",
      expiresAt: 0,
      state: "valid",
      locale: "en_US",
      ...known,
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
    if (known === undefined) {
      if (!PARSABLE.test(token)) {
        return graphError(190, "Invalid OAuth access token - Cannot parse access token", { status: 401 });
      }
      return tokenError(467);
    }
    return tokenFailure(known, now) ?? known;
  }
}

/** The error a known token's state brings, if any. */
export function tokenFailure(token: AccessToken, now: number): GraphError | undefined {
  const subcode = SUBCODES[token.state];
  if (subcode !== undefined) return tokenError(subcode);
  return token.expiresAt !== 0 && now >= token.expiresAt * 1000 ? tokenError(463) : undefined;
}

/** 190 with a subcode, on HTTP 400 as recorded. */
export function tokenError(subcode: number): GraphError {
  return graphError(190, MESSAGES[subcode] ?? "Error validating access token", { subcode });
}

/** Permission loss: 200 on the dataset, 10 on the application. */
export function permissionError(code: 10 | 200): GraphError {
  return code === 200
    ? graphError(200, "(#200) Permissions error: this dataset is not shared with the caller", { status: 403 })
    : graphError(10, "(#10) Application does not have permission for this action", { status: 403 });
}

/** May this token write events to this dataset? */
export function checkDatasetAccess(token: AccessToken, datasetId: string): GraphError | undefined {
  if (!token.datasets.includes(datasetId)) return objectMissing(datasetId, "post");
  return token.state === "no_permission" ? permissionError(200) : undefined;
}

/** May this token read quality figures? (meta.md 5.1) */
export function checkQualityAccess(token: AccessToken, datasetId: string): GraphError | undefined {
  if (!token.datasets.includes(datasetId)) return objectMissing(datasetId, "get");
  if (token.state === "no_permission") return permissionError(200);
  const { scopes } = token;
  const allowed =
    scopes.includes("read_ads_dataset_quality") ||
    (scopes.includes("ads_read") &&
      (scopes.includes("ads_management") || scopes.includes("business_management")));
  return allowed ? undefined : missingPermission();
}
