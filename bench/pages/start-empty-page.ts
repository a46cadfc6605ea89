import { startTransition } from "react";
import { hydrateRoot } from "react-dom/client";

import { emptyPage } from "./empty-page.ts";

const root = document.getElementById("root");
if (root) startTransition(() => void hydrateRoot(root, emptyPage()));
