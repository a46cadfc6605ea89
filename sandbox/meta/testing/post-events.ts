import type { MetaSandbox } from "../start-meta.ts";

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
      signal: AbortSignal.timeout(5000),
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
