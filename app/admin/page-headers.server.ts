import type { HeadersFunction } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";

/** Headers of every page of the admin: Shopify's library speaks through them when a session has to be renewed. */
export const pageHeaders: HeadersFunction = (args) => boundary.headers(args);
