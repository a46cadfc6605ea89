export const RETRIES = 8;
export const RETRY_SPAN_SECONDS = 4 * 3600;

/**
 * Waits before retries 1 to 8, in milliseconds: doubling, four hours in all (Shopify's changelog of 10 September 2024
 * gives the number and the span). `timeScale` shrinks them: 0.001 makes the four hours 14.4 s.
 */
export function retryDelays(timeScale: number): number[] {
  const unit = (RETRY_SPAN_SECONDS * 1000) / (2 ** RETRIES - 1);
  return Array.from({ length: RETRIES }, (_, retry) => unit * 2 ** retry * timeScale);
}
