import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { PlainPage } from "../components/frame/plain-page.tsx";
import { MailLine, PlainSection } from "../components/frame/plain-section.tsx";
import { LISTING_HEADERS, isServingListing } from "../platform/http/serve-listing.server.ts";
import { notFound } from "../admin/signed-in-store.server.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/listing.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "listing.privacy.title" }) }];
export const headers: HeadersFunction = () => LISTING_HEADERS;

/** The policy that the listing in the App Store links to: the same for everybody, and nothing of a store. */
export function loader({ context: { tandem } }: LoaderFunctionArgs) {
  const { environment } = tandem;
  if (!isServingListing(environment)) throw notFound();
  const { OPERATOR, SUPPORT_EMAIL, HOSTED_IN = null } = environment;
  return { operator: OPERATOR, contact: SUPPORT_EMAIL, place: HOSTED_IN };
}

export default function PrivacyPolicy() {
  const { operator, contact, place } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  return (
    <PlainPage title={t("listing.privacy.title")}>
      <PlainSection title={t("listing.privacy.who")} texts={[t("listing.privacy.whoText", { operator })]} />
      <PlainSection
        title={t("listing.privacy.what")}
        texts={[
          t("listing.privacy.order"),
          t("listing.privacy.browser"),
          t("listing.privacy.visits"),
          t("listing.privacy.purpose"),
        ]}
      />
      <PlainSection title={t("listing.privacy.consent")} texts={[t("listing.privacy.consentText")]} />
      <PlainSection
        title={t("listing.privacy.long")}
        texts={[
          t("listing.privacy.address"),
          t("listing.privacy.details"),
          t("listing.privacy.visitsLong"),
          t("listing.privacy.row"),
          t("listing.privacy.store"),
        ]}
      />
      <PlainSection title={t("listing.privacy.rights")} texts={[t("listing.privacy.rightsText")]} />
      <PlainSection
        title={t("listing.privacy.where")}
        texts={[
          place === null ? t("listing.privacy.whereUnsaid") : t("listing.privacy.whereText", { place }),
        ]}
      />
      <PlainSection title={t("listing.privacy.contact")} texts={[operator]} />
      <MailLine address={contact} />
    </PlainPage>
  );
}
