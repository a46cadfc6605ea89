/** What one load of a page cost. Milliseconds since its request, bytes of gzip. */
export interface PageCost {
  readonly lcp: number;
  /** The parts of long tasks beyond 50 ms, until the page was alive and a while after. */
  readonly blocking: number;
  readonly hydrated: number;
  readonly script: number;
}

interface Watch {
  lcp: number;
  tasks: { readonly start: number; readonly duration: number }[];
}

/** Runs in every document before everything else; reads nothing, only listens. */
export function watchPage(): void {
  const watch: Watch = { lcp: 0, tasks: [] };
  Object.assign(window, { pageWatch: watch });
  const observe = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("largest-contentful-paint", (entry) => {
    watch.lcp = entry.startTime;
  });
  observe("longtask", ({ startTime, duration }) => watch.tasks.push({ start: startTime, duration }));
  addEventListener(
    "click",
    () => Object.assign(window, { clickedAt: performance.timeOrigin + performance.now() }),
    { capture: true },
  );
}

/** Runs in a document that is alive. */
export function readCost(): PageCost {
  const { lcp, tasks } = (window as unknown as { pageWatch: Watch }).pageWatch;
  const hydrated = performance.getEntriesByName("tandem-hydrated")[0]?.startTime ?? Infinity;
  const scripts = performance
    .getEntriesByType("resource")
    .filter((entry) => entry instanceof PerformanceResourceTiming)
    .filter(({ name, startTime }) => {
      const { origin, pathname } = new URL(name);
      return origin === location.origin && pathname.endsWith(".js") && startTime < hydrated;
    });
  return {
    lcp,
    blocking: tasks.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
    hydrated,
    script: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  };
}

/** Runs in the app's document: when the page of this title is drawn, as milliseconds since 1970. */
export function watchTitle(title: string): void {
  const look = () => {
    if (document.querySelector("h1")?.textContent?.trim() !== title) return;
    observer.disconnect();
    requestAnimationFrame(() =>
      Object.assign(window, { drawnAt: performance.timeOrigin + performance.now() }),
    );
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
}
