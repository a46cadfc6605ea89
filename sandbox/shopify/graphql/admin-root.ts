import type { PixelFile } from "../app-files.ts";
import type { Store, OrderRecord } from "../store.ts";
import { paginate, type PageArguments, type Place, fault } from "./connection.ts";
import { installationGid, setMetafields, type MetafieldInput } from "./metafields.ts";
import { parseOrderSearch } from "./order-search.ts";
import { viewOrder } from "./order-view.ts";
import { savePixel, viewPixel } from "./web-pixels.ts";

/** What one request to the Admin API may see and do. */
export interface AdminContext {
  readonly store: Store;
  readonly pixelFile: PixelFile | undefined;
  readonly now: () => number;
  /** Collects `extensions.search` warnings. */
  readonly searchWarnings: unknown[];
}

/** `read_orders` alone shows sixty days. */
const ORDER_WINDOW_MS = 60 * 86_400_000;

const includesScope = (granted: readonly string[], scope: string): boolean =>
  granted.includes(scope) || granted.includes(scope.replace(/^read_/, "write_"));

function requireScope(context: AdminContext, field: string, ...scopes: string[]): void {
  const granted = context.store.installation?.scopes ?? [];
  const missing = scopes.filter((scope) => !includesScope(granted, scope));
  if (missing.length === 0) return;
  const wanted = scopes.map((scope) => `\`${scope}\``).join(" and ");
  throw fault(`Access denied for ${field} field. Required access: ${wanted} access scope.`, "ACCESS_DENIED", {
    requiredAccess: `${wanted} access scope.`,
  });
}

const SORTS: Readonly<Record<string, (order: OrderRecord) => number>> = {
  CREATED_AT: (order) => order.createdAt,
  UPDATED_AT: (order) => order.updatedAt,
  PROCESSED_AT: (order) => order.processedAt,
};

function ordersRoot(context: AdminContext) {
  const { store } = context;
  const visible = (): OrderRecord[] => {
    const all = store.installation?.scopes.includes("read_all_orders") ?? false;
    const since = context.now() - ORDER_WINDOW_MS;
    return [...store.orders.values()].filter((order) => all || order.createdAt >= since);
  };
  const find = (query: string | null | undefined): OrderRecord[] => {
    if (!query) return visible();
    const search = parseOrderSearch(query);
    if (search.unknownFields.length > 0) {
      context.searchWarnings.push({
        path: ["orders"],
        query,
        warnings: search.unknownFields.map((field) => ({
          field,
          message: "Invalid search field for this query.",
          code: "invalid_field",
        })),
      });
    }
    return visible().filter(search.matches);
  };
  return {
    orders: (args: PageArguments & { query?: string | null; reverse: boolean; sortKey: string }) => {
      requireScope(context, "orders", "read_orders");
      const sort = SORTS[args.sortKey];
      if (!sort) throw fault(`The sandbox cannot sort orders by ${args.sortKey}`, "BAD_REQUEST");
      const placeOf = (order: OrderRecord): Place => ({ value: sort(order), id: BigInt(order.id) });
      const page = paginate(find(args.query), placeOf, args, args.reverse);
      const edges = page.edges.map((edge) => ({ ...edge, node: viewOrder(edge.node, store) }));
      return { ...page, edges, nodes: edges.map((edge) => edge.node) };
    },
    ordersCount: ({ query, limit }: { query?: string | null; limit?: number | null }) => {
      requireScope(context, "ordersCount", "read_orders");
      const { length } = find(query);
      const most = limit ?? Infinity;
      return { count: Math.min(length, most), precision: length > most ? "AT_LEAST" : "EXACT" };
    },
    order: ({ id }: { id: string }) => {
      requireScope(context, "order", "read_orders");
      const digits = /^gid:\/\/shopify\/Order\/(\d+)$/.exec(id)?.[1];
      if (digits === undefined) throw fault(`Invalid global id '${id}'`, "argumentLiteralsIncompatible");
      const record = visible().find((each) => each.id === digits);
      return record ? viewOrder(record, store) : null;
    },
  };
}

/** The root value that answers queries and mutations alike for one request. */
export function adminRoot(context: AdminContext) {
  const { store, pixelFile } = context;
  const address = { countryCodeV2: store.country };
  const requirePixelScopes = (field: string): void =>
    requireScope(context, field, "write_pixels", "read_customer_events");
  return {
    ...ordersRoot(context),
    shop: {
      id: `gid://shopify/Shop/${store.id}`,
      name: store.name,
      myshopifyDomain: store.domain,
      ianaTimezone: store.timezone,
      currencyCode: store.currency,
      billingAddress: address,
      shopAddress: address,
      plan: { shopifyPlus: store.isPlus ?? false },
      primaryDomain: { url: store.storefrontUrl },
    },
    currentAppInstallation: {
      id: installationGid(store),
      accessScopes: (store.installation?.scopes ?? []).map((handle) => ({ handle, description: handle })),
    },
    webPixel: ({ id }: { id?: string | null }) => {
      requireScope(context, "webPixel", "read_pixels");
      if (!store.webPixel || (id != null && id !== store.webPixel.id)) {
        throw fault("No web pixel was found for this app.", "RESOURCE_NOT_FOUND");
      }
      return viewPixel(store.webPixel);
    },
    webPixelCreate: ({ webPixel }: { webPixel: { settings: unknown } }) => {
      requirePixelScopes("webPixelCreate");
      return savePixel(store, undefined, webPixel.settings, pixelFile);
    },
    webPixelUpdate: ({ id, webPixel }: { id: string; webPixel: { settings: unknown } }) => {
      requirePixelScopes("webPixelUpdate");
      return savePixel(store, id, webPixel.settings, pixelFile);
    },
    metafieldsSet: ({ metafields }: { metafields: MetafieldInput[] }) => setMetafields(store, metafields),
  };
}
