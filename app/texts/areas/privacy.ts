import privacy from "../en/privacy.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ privacy });
