/** @param text the order as it came; @returns the event as Meta's SDK sends it */
export function buildWithSdk(text: string): object;
