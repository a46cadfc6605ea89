import type { StorefrontWindow } from "../storefront-window.ts";
import { sendHeartbeat } from "./send-heartbeat.ts";

/** The second script of the embed, loaded only where a heartbeat is due. */
void sendHeartbeat(window as unknown as StorefrontWindow).catch(() => 0);
