import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { BlockStack, Box, Page } from "@shopify/polaris";

import { actOnChannel, type ChannelOutcome } from "../admin/act-on-alerts.server.ts";
import { readJson } from "../admin/read-submission.server.ts";
import { notFound, signedInStore } from "../admin/signed-in-store.server.ts";
import { isChannelId } from "../alerts/channels/channel.ts";
import { newChannel } from "../alerts/channels/channel-form.ts";
import { readChannel } from "../alerts/read-alerts.server.ts";
import { ChannelBanners } from "../components/alerts/channel-banners.tsx";
import { ChannelFields } from "../components/alerts/channel-fields.tsx";
import { RemoveChannelCard, SecretCard, ShownSecret } from "../components/alerts/channel-cards.tsx";
import { useChannelForm, type LoadedChannel } from "../components/alerts/use-channel-form.ts";
import { FormSaveBar } from "../components/frame/form-save-bar.tsx";
import { keepForm } from "../components/frame/keep-form.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/alerts.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "alerts.title" }) }];

export async function loader(args: LoaderFunctionArgs): Promise<LoadedChannel> {
  const { store, tandem } = await signedInStore(args);
  const id = args.params["id"] ?? "";
  const hasMail = tandem.alertSenders.sendMail !== null;
  if (id === "new")
    return { id: null, version: 0, name: null, hasMail, form: newChannel(hasMail ? "email" : "webhook") };
  const channel = isChannelId(id) ? await readChannel(tandem, { storeId: store.id, id }) : undefined;
  if (!channel) throw notFound();
  return { ...channel, hasMail };
}

export async function action(args: ActionFunctionArgs): Promise<Response | ChannelOutcome> {
  const { store, tandem } = await signedInStore(args);
  const which = { storeId: store.id, id: args.params["id"] ?? "" };
  const outcome = await actOnChannel(tandem, which, await readJson(args.request));
  if (outcome.kind === "not_found") throw notFound();
  return outcome.kind === "removed" ? redirect("/app/alerts") : outcome;
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  keepForm(() => serverAction<ChannelOutcome>());

/** Adds a channel, or changes one. */
export default function Channel() {
  const loaded = useLoaderData<typeof loader>();
  return <ChannelPage key={loaded.id ?? "new"} loaded={loaded} />;
}

function ChannelPage({ loaded }: { loaded: LoadedChannel }) {
  const form = useChannelForm(loaded);
  const { t } = useTexts();
  const name = loaded.name ?? t(`alerts.kind.${loaded.form.kind}`);
  return (
    <Page
      title={loaded.id === null ? t("alerts.form.newTitle") : name}
      backAction={{ content: t("alerts.title"), url: "/app/alerts" }}
      narrowWidth
    >
      <FormSaveBar
        id="channel"
        dirty={form.isDirty}
        saving={form.isSaving}
        onSave={form.save}
        onDiscard={form.discard}
      />
      <BlockStack gap="400">
        <ChannelBanners form={form} />
        {form.secret ? <ShownSecret secret={form.secret} /> : null}
        {form.isAdded ? null : (
          <>
            <ChannelFields form={form} loaded={loaded} />
            {loaded.id === null ? null : (
              <>
                {loaded.form.kind === "webhook" ? <SecretCard form={form} /> : null}
                <RemoveChannelCard form={form} name={name} />
              </>
            )}
          </>
        )}
        <Box paddingBlockEnd="800" />
      </BlockStack>
    </Page>
  );
}
