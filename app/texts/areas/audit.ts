import audit from "../en/audit.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ audit });
