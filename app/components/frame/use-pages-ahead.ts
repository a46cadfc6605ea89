import { useEffect } from "react";

/** What Remix tells a page about every route. */
interface Manifest {
  readonly routes: Readonly<
    Record<string, { readonly module: string; readonly imports?: readonly string[] }>
  >;
}

/** Long enough for the page that was asked for to be usable first. */
const AFTER_MS = 1_500;

/**
 * Loads the scripts of all pages once the first one is usable. A page that is opened for the first time then waits for
 * its data only; and where the connection is lost, the app can say so: without its script, a page could only be loaded
 * anew, and the browser would put its own error in the app's place.
 */
export function usePagesAhead(): void {
  useEffect(() => {
    const timer = setTimeout(loadScripts, AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
}

function loadScripts(): void {
  const { __remixManifest: manifest } = window as unknown as { readonly __remixManifest?: Manifest };
  const scripts = Object.entries(manifest?.routes ?? {})
    .filter(([id]) => id.startsWith("routes/app"))
    .flatMap(([, { module, imports = [] }]) => [module, ...imports]);
  for (const href of new Set(scripts)) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = href;
    link.fetchPriority = "low";
    document.head.append(link);
  }
}
