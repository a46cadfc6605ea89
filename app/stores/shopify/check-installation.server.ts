import { setTimeout as sleep } from "node:timers/promises";

import { GraphqlQueryError, type Session } from "@shopify/shopify-api";

import { asRecord } from "../../conversions/read-json.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { Log } from "../../platform/process/log.server.ts";
import { READ_SHOP_ID } from "./admin-operations.ts";
import type { AdminGraphql } from "./call-admin.server.ts";
import { claimRefresh } from "./claim-refresh.server.ts";

/**
 * What Shopify says of the app's installation in a store. `no_token`: there is no stored token to ask with. `unknown`:
 * Shopify did not answer in time, or answered something that settles nothing (5xx, throttled, 402 for a frozen store).
 */
export type InstallationAnswer = "installed" | "gone" | "no_token" | "unknown";

/** @param withinMs milliseconds after which the answer is `unknown`; what was begun goes on */
export type CheckInstallation = (shop: string, withinMs: number) => Promise<InstallationAnswer>;

/**
 * Asks Shopify whether the app is still installed, with the store's own offline token: an uninstall ends every token at
 * once, and a merchant who came back has a new one that works. Nothing that a webhook says can change the answer.
 */
export function createCheckInstallation(deps: {
  readonly database: Database;
  readonly loadSession: (id: string) => Promise<Session | undefined>;
  readonly storeSession: (session: Session) => Promise<unknown>;
  /** The store's client with a token that is good for minutes. Rejects when the token could not be refreshed. */
  readonly openAdmin: (shop: string) => Promise<AdminGraphql | undefined>;
  /** Shopify's token endpoint. */
  readonly refreshToken: (input: { shop: string; refreshToken: string }) => Promise<{ session: Session }>;
  readonly log: Log;
}): CheckInstallation {
  const ask = async (shop: string): Promise<InstallationAnswer> => {
    const session = await deps.loadSession(`offline_${shop}`);
    if (!session?.accessToken) return "no_token";
    let graphql: AdminGraphql | undefined;
    try {
      graphql = await deps.openAdmin(shop);
    } catch {
      return askTokenEndpoint(shop, session);
    }
    if (!graphql) return "no_token";
    try {
      await (await graphql(READ_SHOP_ID)).json();
      return "installed";
    } catch (error) {
      // Errors of GraphQL come after the token was accepted.
      if (error instanceof GraphqlQueryError) return "installed";
      const status = statusOf(error);
      return status === 401 || status === 403 ? "gone" : "unknown";
    }
  };

  /** The library hides why a refresh failed: Shopify refused it, or did not answer. */
  const askTokenEndpoint = async (shop: string, session: Session): Promise<InstallationAnswer> => {
    if (!session.refreshToken) return "unknown";
    const claim = await claimRefresh(deps.database, session.id);
    // Somebody refreshes it now: what comes of that will be known when the question is asked again.
    if (!claim) return "unknown";
    try {
      // Another process may have exchanged this refresh token in the meantime.
      if (!(await isStill(session))) return "unknown";
      const refreshed = await deps.refreshToken({ shop, refreshToken: session.refreshToken });
      await deps.storeSession(refreshed.session);
      return "installed";
    } catch (error) {
      const status = statusOf(error);
      if (status !== 400 && status !== 401 && status !== 403) return "unknown";
      // The app's own credentials being wrong says nothing of the store.
      if (asRecord(asRecord(asRecord(error)?.["response"])?.["body"])?.["error"] === "invalid_client")
        return "unknown";
      // The merchant may have signed in at this moment.
      return (await isStill(session)) ? "gone" : "unknown";
    } finally {
      await claim.release();
    }
  };

  const isStill = async (session: Session): Promise<boolean> =>
    (await deps.loadSession(session.id))?.accessToken === session.accessToken;

  return async (shop, withinMs) => {
    const late = new AbortController();
    const answer = ask(shop).catch((error: unknown): InstallationAnswer => {
      deps.log.warn({ err: error, shop }, "Shopify could not be asked whether the app is installed");
      return "unknown";
    });
    const timeout = sleep(withinMs, "unknown" as const, { signal: late.signal, ref: false }).catch(
      () => "unknown" as const,
    );
    const first = await Promise.race([answer, timeout]);
    late.abort();
    return first;
  };
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof Response) return error.status;
  const code = asRecord(asRecord(error)?.["response"])?.["code"];
  return typeof code === "number" ? code : undefined;
}
