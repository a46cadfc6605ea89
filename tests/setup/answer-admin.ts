import { createLog } from "#app/platform/process/log.server.ts";
import { createCallAdmin, type AdminFailure, type CallAdmin } from "#app/stores/shopify/call-admin.server.ts";

export interface Asked {
  readonly shop: string;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** In place of an answer: the call ends as this, whatever the wire would have to do for it. */
export class Fails {
  readonly failure: AdminFailure;
  constructor(failure: AdminFailure) {
    this.failure = failure;
  }
}

/** The app's own way to the Admin API with another wire: `answer` gives the body of Shopify's answer, however odd. */
export function answerAdmin(answer: (asked: Asked) => unknown): CallAdmin {
  return async (shop, document, ...variables) => {
    let failure: AdminFailure | undefined;
    const callAdmin = createCallAdmin({
      openAdmin: async () => async (text, options) => {
        const body = await answer({ shop, document: text, variables: options?.variables ?? {} });
        if (body instanceof Fails) ({ failure } = body);
        return { json: async () => body };
      },
      log: createLog("silent"),
    });
    const outcome = await callAdmin(shop, document, ...variables);
    return failure ?? outcome;
  };
}
