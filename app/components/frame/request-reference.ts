import { createContext, useContext } from "react";

/** What Remix leaves of every error of the server. */
const HIDDEN = "Unexpected Server Error";
const NAMED = /^Unexpected Server Error \(([A-Za-z0-9_-]{1,64})\)$/;
const META_NAME = "tandem-request";

/**
 * The ID of the request that the document came with: the operator finds the error's line in the log by it. The server
 * knows it; in the browser it stands in the document's head.
 */
export const DocumentReference = createContext<string | undefined>(undefined);

/** The element of the head that carries the document's ID to the browser. */
export function referenceMeta(reference: string | undefined): { name: string; content: string } | undefined {
  return reference === undefined ? undefined : { name: META_NAME, content: reference };
}

/** What `referenceMeta` has written. */
export function readReferenceMeta(page: Document): string | undefined {
  return page.querySelector<HTMLMetaElement>(`meta[name="${META_NAME}"]`)?.content || undefined;
}

/** The message of an error that a page hears of without loading a document: it names its own request. */
export function messageWithReference(reference: string): string {
  return `${HIDDEN} (${reference})`;
}

/**
 * @param documents the ID of the document's request
 * @returns the ID of the request that failed; undefined where the error is the browser's own, of which the log knows nothing
 */
export function referenceOf(error: unknown, documents: string | undefined): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message === HIDDEN) return documents;
  return NAMED.exec(error.message)?.[1];
}

/** For a page in place of one that failed. */
export function useReference(error: unknown): string | undefined {
  return referenceOf(error, useContext(DocumentReference));
}
