import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Text } from "@shopify/polaris";

import { AdminPage } from "../components/frame/admin-page.tsx";
import { EmptyCard } from "../components/frame/empty-card.tsx";
import { useLivePage } from "../components/frame/use-live-page.ts";
import { readComplianceRequests } from "../privacy/read-compliance-requests.server.ts";
import { KeptCard } from "../components/privacy/kept-card.tsx";
import { policyFactsOf } from "../components/privacy/policy-text.ts";
import { PolicyTextCard } from "../components/privacy/policy-text-card.tsx";
import { RequestCard } from "../components/privacy/request-card.tsx";
import { CostCard, RolesCard } from "../components/privacy/roles-card.tsx";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { isServingListing } from "../platform/http/serve-listing.server.ts";
import { storeSettingsOf } from "../stores/settings/store-settings.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/privacy.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "common.framePrivacy" }) }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const { OPERATOR = null, SUPPORT_EMAIL = null } = tandem.environment;
  return {
    requests: await readComplianceRequests(tandem, store.shop),
    policy: policyFactsOf(storeSettingsOf(store), OPERATOR),
    contact: SUPPORT_EMAIL,
    hasPages: isServingListing(tandem.environment),
  };
}

/** What Shopify asked in the name of customers and what became of it; who is responsible, and what is kept for how long. */
export default function Privacy() {
  const { requests, policy, contact, hasPages } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  useLivePage(requests.some((request) => request.completedAt === null));
  return (
    <AdminPage
      title={t("common.framePrivacy")}
      subtitle={t("privacy.subtitle", { days: policy.retentionDays })}
    >
      {requests.length === 0 ? (
        <EmptyCard heading={t("privacy.emptyTitle")}>{t("privacy.emptyText")}</EmptyCard>
      ) : (
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {t("privacy.title")}
          </Text>
          {requests.map((request) => (
            <RequestCard key={request.id} request={request} />
          ))}
        </BlockStack>
      )}
      <RolesCard operator={policy.operator} contact={contact} />
      <KeptCard retentionDays={policy.retentionDays} />
      <PolicyTextCard policy={policy} hasPages={hasPages} />
      <CostCard />
    </AdminPage>
  );
}
