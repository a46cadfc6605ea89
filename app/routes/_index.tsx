import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

/** The app's address: Shopify opens it with the shop in the query; anybody else learns what it is. */
export async function loader({ request }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  if (url.searchParams.get("shop")) throw redirect(`/app?${url.searchParams.toString()}`);
  return null;
}

export default function Index() {
  return (
    <main
      style={{
        fontFamily: "system-ui, sans-serif",
        maxWidth: "36rem",
        margin: "4rem auto",
        padding: "0 1rem",
      }}
    >
      <h1>Tandem</h1>
      <p>
        Tandem sends every paid order to Meta from the browser and from the server, and makes Meta count it
        once.
      </p>
      <p>Open it from the apps section of your Shopify admin.</p>
    </main>
  );
}
