import type { LoaderFunctionArgs } from "@remix-run/node";
import { Page } from "@shopify/polaris";

export async function loader({ request, context: { tandem } }: LoaderFunctionArgs) {
  await tandem.shopify.authenticate.admin(request);
  return null;
}

export default function Home() {
  return <Page title="Tandem" />;
}
