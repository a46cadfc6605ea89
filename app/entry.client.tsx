import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition, useEffect, type ReactNode } from "react";
import { hydrateRoot } from "react-dom/client";

import { reportTypedBefore } from "./components/frame/typed-before.ts";

/** Marks when the page is alive: every part of it has its handlers. `npm run bench -- pages` reads the mark. */
function Alive({ children }: { children: ReactNode }) {
  useEffect(() => {
    reportTypedBefore(document);
    performance.mark("tandem-hydrated");
  }, []);
  return children;
}

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <Alive>
        <RemixBrowser />
      </Alive>
    </StrictMode>,
  );
});
