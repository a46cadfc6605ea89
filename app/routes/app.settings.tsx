import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData, useLocation, type ClientActionFunctionArgs } from "@remix-run/react";
import { Banner, BlockStack, Box, Layout, Text } from "@shopify/polaris";
import { useEffect } from "react";

import { AdminPage } from "../components/admin-page.tsx";
import { FormSaveBar } from "../components/form-save-bar.tsx";
import { keepForm } from "../components/keep-form.ts";
import { MissedOrdersSection } from "../components/missed-orders-section.tsx";
import type { Example } from "../components/settings-example.tsx";
import { PurchaseSections, RuleSections } from "../components/settings-sections.tsx";
import type { SavedSettings, SettingsOutcome } from "../components/settings-values.ts";
import { StorefrontSection } from "../components/storefront-section.tsx";
import { useSettingsForm } from "../components/use-settings-form.ts";
import { lookForMissedOrders, type MissedOrders } from "../look-for-missed-orders.server.ts";
import { readStorefront } from "../quality/read-storefront.server.ts";
import { readJson } from "../read-submission.server.ts";
import { signedInStore } from "../signed-in-store.server.ts";
import { readSettingsExample, type RereadExample } from "../stores/read-settings-example.server.ts";
import { saveSettings } from "../stores/save-settings.server.ts";
import { embedDeepLink } from "../stores/storefront-content.ts";
import { settingsOf } from "../stores/store-settings.ts";
import { syncStore } from "../sync-store.server.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Settings" }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const saved: SavedSettings = {
    version: store.settingsVersion,
    values: {
      ...settingsOf(store),
      reportWaitSeconds: String(store.reportWaitSeconds),
      retentionDays: String(store.retentionDays),
    },
  };
  const storefront = {
    ...(await readStorefront(tandem.database, store)),
    embedUrl: embedDeepLink(store.shop, tandem.environment.SHOPIFY_API_KEY),
  };
  const sweptThrough = store.sweptThrough?.getTime() ?? null;
  return { saved, storefront, sweptThrough, order: await readSettingsExample(tandem.database, store.id) };
}

export async function action(args: ActionFunctionArgs): Promise<SettingsOutcome | MissedOrders> {
  const { store, tandem } = await signedInStore(args);
  const values = (await readJson(args.request)) as { readonly intent?: unknown } | null;
  if (values?.intent === "sync") {
    await syncStore(tandem, store.shop);
    return { kind: "synced" };
  }
  if (values?.intent === "sweep") return lookForMissedOrders(tandem, store);
  const outcome = await saveSettings(tandem, { storeId: store.id, values });
  if (outcome.kind === "saved") await syncStore(tandem, store.shop);
  return outcome;
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  keepForm(() => serverAction<SettingsOutcome | MissedOrders>());

export default function Settings() {
  const { saved, storefront, sweptThrough, order } = useLoaderData<typeof loader>();
  const form = useSettingsForm(saved);
  const reread = useReread(order?.orderId);
  useScrollToHash();
  const example: Example | null = order ? { order, ...reread } : null;
  const field = { values: form.values, change: form.change, errors: form.errors };
  return (
    <AdminPage title="Settings">
      <FormSaveBar
        id="settings"
        dirty={form.isDirty}
        saving={form.isSaving}
        onSave={form.save}
        onDiscard={form.discard}
      />
      <BlockStack gap="400">
        {form.isStale ? (
          <Banner
            title="Not saved: the settings were changed elsewhere meanwhile"
            tone="warning"
            action={{ content: "Show what is saved now", onAction: form.takeSaved }}
            secondaryAction={{ content: "Keep my changes", onAction: form.keepMine }}
          >
            <Text as="p">
              {`Another tab or another person saved them after this page was opened${
                form.changedElsewhere.length > 0 ? ` (${form.changedElsewhere.join(", ")})` : ""
              }. Nothing was overwritten, and what you changed is still here. If you keep it, press Save once more: it then replaces what they saved.`}
            </Text>
          </Banner>
        ) : null}
        {form.problem ? (
          <Banner title="Not saved" tone="critical">
            <Text as="p">{form.problem}</Text>
          </Banner>
        ) : null}
        <Layout>
          <Layout.Section>
            <Box paddingInline={{ xs: "400", sm: "0" }}>
              <Text as="p" tone="subdued">
                {example
                  ? "Settings hold for orders taken in after you save. Below each: what your last order would send."
                  : "Settings hold for orders taken in after you save. Once the first order is in, each shows what that order would send."}
              </Text>
            </Box>
          </Layout.Section>
          <PurchaseSections field={field} example={example} />
          <RuleSections field={field} example={example} />
          <StorefrontSection storefront={storefront} />
          <MissedOrdersSection sweptThrough={sweptThrough} />
        </Layout>
        <Box paddingBlockEnd="800" />
      </BlockStack>
    </AdminPage>
  );
}

/** The last order read again at Shopify, once; the page does not wait for it. */
function useReread(orderId: string | undefined): {
  readonly reread: RereadExample | null;
  readonly isReading: boolean;
} {
  const { load, data, state } = useFetcher<{ readonly reread: RereadExample | null }>({
    key: "settings-example",
  });
  useEffect(() => {
    if (orderId !== undefined) load("/app/settings/example");
  }, [orderId, load]);
  const reread = data?.reread?.orderId === orderId ? (data?.reread ?? null) : null;
  return { reread, isReading: data === undefined || state === "loading" };
}

/** Links such as the setup guide's name a section. */
function useScrollToHash(): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView({ block: "start" });
  }, [hash]);
}
