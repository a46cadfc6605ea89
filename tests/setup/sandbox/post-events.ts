import type { MetaSandbox } from "#sandbox/meta/start-meta.ts";

export interface Posted {
  status: number;
  headers: Headers;
  /** Undefined where the body was no JSON. */
  body: Record<string, unknown> | undefined;
  text: string;
}

/** Sends events as a careful server does: JSON, the token in the header. Throws when the connection breaks. */
export async function postEvents(
  meta: Pick<MetaSandbox, "graphUrl">,
  dataset: string,
  token: string,
  data: unknown,
  envelope: Record<string, unknown> = {},
): Promise<Posted> {
  return readAnswer(
    await fetch(`${meta.graphUrl}/v26.0/${dataset}/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ data, ...envelope }),
      signal: AbortSignal.timeout(60_000),
    }),
  );
}

export async function readAnswer(response: Response): Promise<Posted> {
  const text = await response.text();
  let body: Posted["body"];
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, body, text };
}

/** A purchase that Meta accepts, for tests; the hashes are Meta's own published examples (meta.md section 2). */
export const HASHED_EMAIL = "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f";
export const HASHED_PHONE = "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176";
export const HASHED_COUNTRY = "79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621";

export type Purchase = Record<string, unknown>;

/** `eventTime` in unix seconds; `changes` replace whole fields, `undefined` removes one. */
export function samplePurchase(eventId: string, eventTime: number, changes: Purchase = {}): Purchase {
  const event: Purchase = {
    event_name: "Purchase",
    event_time: eventTime,
    event_id: eventId,
    action_source: "website",
    event_source_url: "https://shop.example/thank-you",
    user_data: {
      em: [HASHED_EMAIL],
      ph: HASHED_PHONE,
      client_user_agent: "Mozilla/5.0",
      client_ip_address: "2001:db8::1",
      fbp: "fb.1.1596403881668.1116446470",
      fbc: "fb.1.1554763741205.AbCdEf-GhIj_KlMn",
    },
    custom_data: {
      value: 38.36,
      currency: "USD",
      order_id: "6100000000001",
      contents: [{ id: "7", quantity: 3, item_price: 9.57 }],
      content_ids: ["7"],
      content_type: "product",
      num_items: 3,
    },
    ...changes,
  };
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}
