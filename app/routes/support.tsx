import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { PlainPage } from "../components/frame/plain-page.tsx";
import { MailLine, PlainSection } from "../components/frame/plain-section.tsx";
import { LISTING_HEADERS, isServingListing } from "../platform/http/serve-listing.server.ts";
import { notFound } from "../admin/signed-in-store.server.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/listing.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "listing.support.title" }) }];
export const headers: HeadersFunction = () => LISTING_HEADERS;

/** The page that the listing in the App Store names for help: the same for everybody, and nothing of a store. */
export function loader({ context: { tandem } }: LoaderFunctionArgs) {
  const { environment } = tandem;
  if (!isServingListing(environment)) throw notFound();
  return { contact: environment.SUPPORT_EMAIL };
}

export default function Support() {
  const { contact } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  return (
    <PlainPage title={t("listing.support.title")}>
      <PlainSection title={t("listing.support.nothing")} texts={[t("listing.support.nothingText")]} />
      <PlainSection title={t("listing.support.twice")} texts={[t("listing.support.twiceText")]} />
      <PlainSection title={t("listing.support.missing")} texts={[t("listing.support.missingText")]} />
      <PlainSection title={t("listing.support.token")} texts={[t("listing.support.tokenText")]} />
      <PlainSection title={t("listing.support.else")} texts={[t("listing.support.elseText")]} />
      <MailLine address={contact} />
      <p>
        <a href="/privacy-policy" style={{ display: "inline-block", padding: "4px 0" }}>
          {t("listing.privacy.title")}
        </a>
      </p>
    </PlainPage>
  );
}
