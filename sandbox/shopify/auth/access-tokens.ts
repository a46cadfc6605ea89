import { randomBytes } from "node:crypto";

/** Lifetimes of expiring offline tokens and of their refresh tokens (1 h, 90 days), in milliseconds. */
const OFFLINE_MS = 3600_000;
const REFRESH_MS = 90 * 86_400_000;

interface AccessToken {
  readonly token: string;
  readonly shop: string;
  /** Unix milliseconds. */
  expiresAt: number;
  readonly scopes: readonly string[];
  revoked: boolean;
}

interface RefreshToken extends Pick<AccessToken, "token" | "shop" | "expiresAt"> {
  /** The refresh token that this one replaced; it dies when this one is first used. */
  readonly replaced: string | undefined;
}

export type IssuedOffline = ReturnType<AccessTokens["issueOffline"]>;

/**
 * All tokens of one app over all stores.
 *
 * A refresh rotates: it gives a new access token and a new refresh token, and the old refresh token stays good until its
 * replacement is used (Shopify changelog, 28 August 2026), so that a lost answer does not lock the app out.
 */
export class AccessTokens {
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  issueOffline(shop: string, scopes: readonly string[], replaced?: string) {
    const issue = (prefix: string, lifeMs: number) => ({
      token: `${prefix}_${randomBytes(16).toString("hex")}`,
      shop,
      expiresAt: this.#now() + lifeMs,
    });
    const access = { ...issue("shpat", OFFLINE_MS), scopes: [...scopes], revoked: false };
    const refresh = { ...issue("shprt", REFRESH_MS), replaced };
    this.#access.set(access.token, access);
    this.#refresh.set(refresh.token, refresh);
    return { access, refresh };
  }

  /** Undefined when the refresh token is unknown, spent, expired or another shop's. */
  refresh(shop: string, refreshToken: string, scopes: readonly string[]): IssuedOffline | undefined {
    const known = this.#refresh.get(refreshToken);
    if (!known || known.shop !== shop || known.expiresAt <= this.#now()) return undefined;
    if (known.replaced !== undefined) this.#refresh.delete(known.replaced);
    return this.issueOffline(shop, scopes, refreshToken);
  }

  state(shop: string, token: string): "valid" | "expired" | "revoked" | "unknown" {
    const known = this.#access.get(token);
    if (known?.revoked) return "revoked";
    if (known?.shop !== shop) return "unknown";
    return known.expiresAt <= this.#now() ? "expired" : "valid";
  }

  /** Uninstalling kills every token of the shop at once. */
  revokeShop(shop: string): void {
    for (const access of this.#access.values()) if (access.shop === shop) access.revoked = true;
    for (const { token, shop: owner } of this.#refresh.values()) {
      if (owner === shop) this.#refresh.delete(token);
    }
  }

  /** Makes the shop's access tokens expire now, as if an hour had passed; refresh tokens stay good. */
  expireShop(shop: string): void {
    for (const access of this.#access.values()) if (access.shop === shop) access.expiresAt = this.#now();
  }
}
