import { BROWSER_AGENT, type World } from "#sandbox/start-world.ts";

const CHANNEL = {
  severity: "high",
  tellMended: true,
  quiet: true,
  quietFrom: "1320",
  quietUntil: "420",
  criticalPasses: true,
  groupMinutes: "10",
};

/** Two channels, as the page adds them: one to which a test has come, and a webhook that leads nowhere. */
export async function fillAlerts(world: World, shop: string): Promise<void> {
  const post = async (route: string, path: string, body: object) => {
    const response = await fetch(`${world.app.url}${path}${path.includes("?") ? "&" : "?"}_data=${route}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: {
        "content-type": "application/json",
        "user-agent": BROWSER_AGENT,
        authorization: `Bearer ${await world.shopify.idToken(shop)}`,
      },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    await response.text();
  };
  const add = (values: object) =>
    post("routes%2Fapp.alerts.%24id", "/app/alerts/new", { values: { ...CHANNEL, ...values } });
  await add({ kind: "email", target: "marketing@tandem-demo.example" });
  await add({
    kind: "webhook",
    target: "https://hooks.receiver.invalid/services/T0/B0/secretX9ab",
    quiet: false,
  });
  const list = await fetch(`${world.app.url}/app/alerts?_data=routes%2Fapp.alerts._index`, {
    headers: {
      "user-agent": BROWSER_AGENT,
      authorization: `Bearer ${await world.shopify.idToken(shop)}`,
    },
  });
  const { channels } = (await list.json()) as { channels: readonly { readonly id: string }[] };
  for (const { id } of channels) await post("routes%2Fapp.alerts._index", "/app/alerts?index", { id });
}
