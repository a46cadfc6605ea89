import { errorText, type Locale } from "../graph/error-texts.ts";
import { graphError, type GraphError } from "../graph/graph-error.ts";

/** Why a request is refused; one is enough to refuse the whole batch (meta.md 1.3). Never holds a received value. */
export interface Rejection {
  subcode: number;
  /** What is wrong, in English, as it stands in `error.message`. */
  detail: string;
}

/** Place of an event in the request as Meta writes it: `$['data'][0]`. */
export function eventPath(index: number): string {
  return `$['data'][${index}]`;
}

/** The generic parameter error, in the wording recorded in meta.md 1.4. */
export function parameterError(detail: string, path: string): Rejection {
  return { subcode: 2804019, detail: `Server Side Api Parameter Error: ${detail} on param "${path}"` };
}

/** One of the errors with a subcode of its own; its message is as bare as Meta's. */
export function ruleError(subcode: number): Rejection {
  return { subcode, detail: "Invalid parameter" };
}

/** The answer to a rejected request, texts in the token's language. */
export function rejectionError(rejection: Rejection, locale: Locale): GraphError {
  const text = errorText(rejection.subcode, locale);
  return graphError(100, rejection.detail, {
    subcode: rejection.subcode,
    ...(text === undefined ? {} : { userTitle: text.title, userMessage: text.message }),
    ...(rejection.subcode === 2804003 ? { blameFields: [["data"]] } : {}),
  });
}
