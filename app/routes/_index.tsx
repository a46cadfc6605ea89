import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

import { PlainPage } from "../components/frame/plain-page.tsx";
import { useTexts } from "../texts/use-texts.ts";

/** The app's address: Shopify opens it with the shop in the query; anybody else learns what it is. */
export async function loader({ request }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  if (url.searchParams.get("shop")) throw redirect(`/app?${url.searchParams.toString()}`);
  return null;
}

export default function Index() {
  const { t } = useTexts();
  return (
    <PlainPage title={t("common.brand")}>
      <p>{t("common.about")}</p>
      <p>{t("common.openFromAdmin")}</p>
    </PlainPage>
  );
}
