import { randomBytes } from "node:crypto";

/** Lifetimes of expiring offline tokens and of their refresh tokens (1 h, 90 days), in seconds. */
const OFFLINE_SECONDS = 3600;
const REFRESH_SECONDS = 90 * 86_400;

export interface AccessToken {
  readonly token: string;
  readonly shop: string;
  /** Unix milliseconds. */
  expiresAt: number;
  readonly scopes: readonly string[];
}

interface RefreshToken {
  readonly token: string;
  readonly shop: string;
  readonly expiresAt: number;
  /** The refresh token that this one replaced; it dies when this one is first used. */
  readonly replaced: string | undefined;
}

export interface IssuedOffline {
  readonly access: AccessToken;
  readonly refresh: RefreshToken;
}

export type TokenState = "valid" | "expired" | "revoked" | "unknown";

/**
 * All tokens of one app over all stores.
 *
 * A refresh rotates: it gives a new access token and a new refresh token, and the old refresh token stays good until its
 * replacement is used (Shopify changelog, 28 August 2026), so that a lost answer does not lock the app out.
 */
export class AccessTokens {
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();
  readonly #revoked = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  issueOffline(shop: string, scopes: readonly string[], replaced?: string): IssuedOffline {
    const now = this.#now();
    const access: AccessToken = {
      token: `shpat_${randomBytes(16).toString("hex")}`,
      shop,
      expiresAt: now + OFFLINE_SECONDS * 1000,
      scopes: [...scopes],
    };
    this.#access.set(access.token, access);
    const refresh: RefreshToken = {
      token: `shprt_${randomBytes(16).toString("hex")}`,
      shop,
      expiresAt: now + REFRESH_SECONDS * 1000,
      replaced,
    };
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

  state(shop: string, token: string): TokenState {
    if (this.#revoked.has(token)) return "revoked";
    const known = this.#access.get(token);
    if (!known || known.shop !== shop) return "unknown";
    return known.expiresAt <= this.#now() ? "expired" : "valid";
  }

  /** Uninstalling kills every token of the shop at once. */
  revokeShop(shop: string): void {
    for (const access of this.#access.values()) if (access.shop === shop) this.#revoked.add(access.token);
    for (const refresh of this.#refresh.values())
      if (refresh.shop === shop) this.#refresh.delete(refresh.token);
  }

  /** Makes the shop's access tokens expire now, as if an hour had passed; refresh tokens stay good. */
  expireShop(shop: string): void {
    for (const access of this.#access.values()) if (access.shop === shop) access.expiresAt = this.#now();
  }
}
