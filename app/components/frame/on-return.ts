/**
 * Calls back whenever somebody comes back to this page: from another tab, or by the browser's Back button to a
 * page that it had kept.
 *
 * @returns ends it
 */
export function onReturn(callback: () => void): () => void {
  const ifShown = () => {
    if (!document.hidden) callback();
  };
  const ifKept = ({ persisted }: PageTransitionEvent) => {
    if (persisted) callback();
  };
  document.addEventListener("visibilitychange", ifShown);
  window.addEventListener("pageshow", ifKept);
  return () => {
    document.removeEventListener("visibilitychange", ifShown);
    window.removeEventListener("pageshow", ifKept);
  };
}
