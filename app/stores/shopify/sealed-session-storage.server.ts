import { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";

import type { Log } from "../../platform/process/log.server.ts";
import type { SecretBox } from "../../platform/process/secret-box.server.ts";

/**
 * Shopify's session storage with the access and refresh token sealed at rest. The token is bound to its session's ID,
 * so that a row copied over another does not open. A session that no longer opens (its key was thrown away) counts as
 * absent: the library then asks Shopify for a new one.
 */
export function sealSessions(inner: SessionStorage, box: SecretBox, log: Log): SessionStorage {
  const purpose = (id: string, field: "access" | "refresh") => `session:${id}:${field}`;

  const sealed = (session: Session): Session =>
    new Session({
      ...session.toObject(),
      ...(session.accessToken
        ? { accessToken: box.seal(session.accessToken, purpose(session.id, "access")) }
        : {}),
      ...(session.refreshToken
        ? { refreshToken: box.seal(session.refreshToken, purpose(session.id, "refresh")) }
        : {}),
    });

  const opened = (session: Session | undefined): Session | undefined => {
    if (!session) return undefined;
    const access = session.accessToken
      ? box.open(session.accessToken, purpose(session.id, "access"))
      : undefined;
    const refresh = session.refreshToken
      ? box.open(session.refreshToken, purpose(session.id, "refresh"))
      : undefined;
    if (access?.ok === false || refresh?.ok === false) {
      log.error({ session: session.id }, "a stored Shopify session could not be opened; it counts as absent");
      return undefined;
    }
    return new Session({
      ...session.toObject(),
      ...(access ? { accessToken: access.plain } : {}),
      ...(refresh ? { refreshToken: refresh.plain } : {}),
    });
  };

  return {
    storeSession: (session) => inner.storeSession(sealed(session)),
    loadSession: async (id) => opened(await inner.loadSession(id)),
    deleteSession: (id) => inner.deleteSession(id),
    deleteSessions: (ids) => inner.deleteSessions(ids),
    findSessionsByShop: async (shop) =>
      (await inner.findSessionsByShop(shop)).flatMap((session) => opened(session) ?? []),
  };
}
