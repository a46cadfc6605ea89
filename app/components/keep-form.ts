/** What a form says when its save got no usable answer: the page stays, with everything that was typed. */
export interface SaveFailed {
  readonly kind: "failed";
  readonly words: string;
}

const NO_ANSWER =
  "This could not be saved: the app gave no answer. What you entered is still here; check your connection and try again.";
const NO_SESSION =
  "This could not be saved: your session has ended. What you entered is still here; try again, and if that does not help, reload the page.";

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
      if (error.status === 401 || error.status === 403) return { kind: "failed", words: NO_SESSION };
    }
    return { kind: "failed", words: NO_ANSWER };
  }
}
