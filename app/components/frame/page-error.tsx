import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useEffect, type ReactNode } from "react";

import { useTexts } from "../../texts/use-texts.ts";
import { useReference } from "./request-reference.ts";
import { TitledPage } from "./titled-page.tsx";

/** In place of a page that cannot be shown; the frame around it stays. */
export function PageError() {
  const error = useRouteError();
  const { t } = useTexts();
  const reference = useReference(error);
  if (isShopifysPage(error)) return <div dangerouslySetInnerHTML={{ __html: error.data }} />;
  if (isRouteErrorResponse(error)) {
    if (error.status === 404)
      return <ErrorCard title={t("errors.notFoundTitle")} text={t("errors.notFoundText")} />;
    if (error.status === 401 || error.status === 403)
      return (
        <ErrorCard
          title={t("errors.sessionTitle")}
          text={t("errors.sessionText")}
          action={<Button onClick={() => window.location.reload()}>{t("errors.reload")}</Button>}
        />
      );
  }
  if (isLostConnection(error))
    return (
      <ErrorCard
        title={t("errors.offlineTitle")}
        text={t("errors.offlineText")}
        action={<TryAgain isAlone />}
      />
    );
  return (
    <ErrorCard
      title={t("errors.loadTitle")}
      text={t("errors.loadText")}
      {...(reference !== undefined && { note: t("errors.reference", { reference }) })}
      action={<TryAgain />}
    />
  );
}

/** Shopify's way back to a valid session comes as a small document of its own. */
export function isShopifysPage(error: unknown): error is { readonly data: string } {
  return (
    isRouteErrorResponse(error) &&
    error.status !== 404 &&
    error.status < 500 &&
    typeof error.data === "string" &&
    error.data.includes("<script")
  );
}

/** What Chromium, Firefox and Safari, in this order, throw where no answer came. */
function isLostConnection(error: unknown): boolean {
  return error instanceof Error && /failed to fetch|networkerror|load failed/i.test(error.message);
}

/** @param isAlone tries by itself, too, as soon as the browser is online again */
function TryAgain({ isAlone = false }: { isAlone?: boolean }) {
  const { revalidate, state } = useRevalidator();
  const { t } = useTexts();
  useEffect(() => {
    if (!isAlone) return;
    window.addEventListener("online", revalidate);
    return () => window.removeEventListener("online", revalidate);
  }, [isAlone, revalidate]);
  return (
    <Button variant="primary" loading={state === "loading"} onClick={revalidate}>
      {t("errors.tryAgain")}
    </Button>
  );
}

function ErrorCard({
  title,
  text,
  note,
  action,
}: {
  title: string;
  text: string;
  note?: string;
  action?: ReactNode;
}) {
  const { t } = useTexts();
  return (
    <TitledPage title={title} narrowWidth>
      <Card>
        <BlockStack gap="400">
          <Text as="p">{text}</Text>
          {note !== undefined && (
            <Text as="p" tone="subdued">
              {note}
            </Text>
          )}
          <InlineStack gap="200">
            {action}
            <Button url="/app">{t("errors.toOverview")}</Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </TitledPage>
  );
}
