import type { Environment } from "../process/environment.server.ts";

/** Pages that are the same for everybody; an hour is as long as a correction may take to be seen. */
export const LISTING_HEADERS = { "cache-control": "public, max-age=3600" };

/** Whether the pages that a listing asks for are served: they name whom to turn to, or they are not there. */
export function isServingListing<Given extends Pick<Environment, "OPERATOR" | "SUPPORT_EMAIL">>(
  environment: Given,
): environment is Given & { readonly OPERATOR: string; readonly SUPPORT_EMAIL: string } {
  return environment.OPERATOR !== undefined && environment.SUPPORT_EMAIL !== undefined;
}
