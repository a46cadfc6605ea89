import { createContext } from "react";

/**
 * The nonce that the page's content security policy names: given to every script that the server writes into the page.
 * Known to the server alone; browsers hide the attribute from scripts, so the client renders without it.
 */
export const ScriptNonce = createContext<string | undefined>(undefined);
