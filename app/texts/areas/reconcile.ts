import reconcile from "../en/reconcile.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ reconcile });
