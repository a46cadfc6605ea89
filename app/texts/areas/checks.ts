import checks from "../en/checks.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ checks });
