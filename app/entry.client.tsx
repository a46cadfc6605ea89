import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition, useEffect, type ReactNode } from "react";
import { hydrateRoot } from "react-dom/client";

import { DocumentReference, readReferenceMeta } from "./components/frame/request-reference.ts";
import { reportTypedBefore } from "./components/frame/typed-before.ts";
import { ENGLISH, readLanguage, type Language } from "./texts/language.ts";
import { loadLanguage } from "./texts/load-language.ts";
import { sendLanguage } from "./texts/send-language.ts";

/** Marks when the page is alive: every part of it has its handlers. `npm run bench -- pages` reads the mark. */
function Alive({ children }: { children: ReactNode }) {
  useEffect(() => {
    reportTypedBefore(document);
    performance.mark("tandem-hydrated");
  }, []);
  return children;
}

const reference = readReferenceMeta(document);

function hydrate(language: Language): void {
  sendLanguage(language);
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <Alive>
          <DocumentReference.Provider value={reference}>
            <RemixBrowser />
          </DocumentReference.Provider>
        </Alive>
      </StrictMode>,
    );
  });
}

// The server chose the language; what React draws here has to be in it from the first letter on.
const chosen = readLanguage(document.documentElement.lang) ?? ENGLISH;
if (chosen === ENGLISH) hydrate(chosen);
else void loadLanguage(chosen).then(hydrate);
