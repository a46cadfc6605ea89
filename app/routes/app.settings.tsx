import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation, type ClientActionFunctionArgs } from "@remix-run/react";
import { BlockStack, Box, Layout, Text } from "@shopify/polaris";
import { useEffect } from "react";

import { AdminPage } from "../components/frame/admin-page.tsx";
import { AlertsSection } from "../components/settings/alerts-section.tsx";
import { ChangeLogCard } from "../components/settings/change-log-card.tsx";
import { FormSaveBar } from "../components/frame/form-save-bar.tsx";
import { keepForm } from "../components/frame/keep-form.ts";
import { MissedOrdersSection } from "../components/settings/missed-orders-section.tsx";
import { SettingsBanners } from "../components/settings/settings-banners.tsx";
import { SettingsSections } from "../components/settings/settings-sections.tsx";
import type { SavedSettings, SettingsOutcome } from "../components/settings/settings-values.ts";
import { StorefrontSection } from "../components/settings/storefront-section.tsx";
import { useSettingsExample } from "../components/settings/use-settings-example.ts";
import { useSettingsForm } from "../components/settings/use-settings-form.ts";
import { asRecord } from "../conversions/read-json.ts";
import { lookForMissedOrders, type MissedOrders } from "../admin/look-for-missed-orders.server.ts";
import { readChanges } from "../quality/read-changes.server.ts";
import { readSeenTraits } from "../quality/read-seen-traits.server.ts";
import { readStorefront } from "../quality/read-storefront.server.ts";
import { readJson } from "../admin/read-submission.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { readSettingsExample } from "../stores/settings/read-settings-example.server.ts";
import { saveSettings } from "../stores/settings/save-settings.server.ts";
import { embedDeepLink } from "../stores/shopify/storefront-content.ts";
import { settingsFormOf } from "../stores/settings/store-settings.ts";
import { syncStore } from "../admin/sync-store.server.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/settings.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "settings.title" }) }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const saved: SavedSettings = {
    version: store.settingsVersion,
    values: settingsFormOf(store),
  };
  const storefront = {
    ...(await readStorefront(tandem.database, store)),
    embedUrl: embedDeepLink(store.shop, tandem.environment.SHOPIFY_API_KEY),
  };
  const sweptThrough = store.sweptThrough?.getTime() ?? null;
  const paused = await tandem.database.prisma.dataset.findMany({
    where: { storeId: store.id, state: "paused" },
    select: { id: true, name: true, datasetId: true },
    orderBy: { id: "asc" },
  });
  const seen = await readSeenTraits(tandem.database, store, saved.values.exclude, tandem.clock());
  return {
    saved,
    storefront,
    sweptThrough,
    seen,
    changes: await readChanges(tandem.database, store),
    paused: paused.map((each) => ({ id: String(each.id), label: each.name ?? each.datasetId })),
    order: await readSettingsExample(tandem.database, store.id),
  };
}

export async function action(args: ActionFunctionArgs): Promise<SettingsOutcome | MissedOrders> {
  const { store, tandem } = await signedInStore(args);
  const values = await readJson(args.request);
  const intent = asRecord(values)?.["intent"];
  if (intent === "sync") {
    await syncStore(tandem, store.shop);
    return { kind: "synced" };
  }
  if (intent === "sweep") return lookForMissedOrders(tandem, store);
  const outcome = await saveSettings(tandem, { storeId: store.id, values });
  if (outcome.kind === "saved") await syncStore(tandem, store.shop);
  return outcome;
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  keepForm(() => serverAction<SettingsOutcome | MissedOrders>());

export default function Settings() {
  const { saved, storefront, sweptThrough, seen, paused, changes, order } = useLoaderData<typeof loader>();
  const form = useSettingsForm(saved);
  const { t } = useTexts();
  const example = useSettingsExample(order);
  useScrollToHash();
  const field = { values: form.values, change: form.change, errors: form.errors };
  return (
    <AdminPage title={t("settings.title")}>
      <FormSaveBar
        id="settings"
        dirty={form.isDirty}
        saving={form.isSaving}
        onSave={form.save}
        onDiscard={form.discard}
      />
      <BlockStack gap="400">
        <SettingsBanners form={form} sources={saved.values.sources} paused={paused} />
        <Layout>
          <Layout.Section>
            <Box paddingInline={{ xs: "400", sm: "0" }}>
              <Text as="p" tone="subdued">
                {t(example ? "settings.intro" : "settings.introNone")}
              </Text>
            </Box>
          </Layout.Section>
          <SettingsSections field={field} example={example} seen={seen} />
          <StorefrontSection storefront={storefront} />
          <MissedOrdersSection sweptThrough={sweptThrough} />
          <AlertsSection />
        </Layout>
        <ChangeLogCard changes={changes} />
        <Box paddingBlockEnd="800" />
      </BlockStack>
    </AdminPage>
  );
}

/** Links such as the setup guide's name a section. */
function useScrollToHash(): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView({ block: "start" });
  }, [hash]);
}
