import { sayText } from "../../texts/texts.ts";

/** What a form says when its save got no usable answer: the page stays, with everything that was typed. */
export interface SaveFailed {
  readonly kind: "failed";
  readonly words: string;
}

/**
 * For a route's `clientAction`: without it a lost connection, or a session that could not be renewed, would put the
 * error page in place of the form. Redirects go their way, and so does "not found".
 */
export async function keepForm<Data>(serverAction: () => Promise<Data>): Promise<Data | SaveFailed> {
  try {
    return await serverAction();
  } catch (error) {
    if (error instanceof Response) {
      if ((error.status >= 300 && error.status < 400) || error.status === 404) throw error;
      if (error.status === 401 || error.status === 403)
        return { kind: "failed", words: sayText({ key: "errors.noSession" }) };
    }
    return { kind: "failed", words: sayText({ key: "errors.noAnswer" }) };
  }
}
