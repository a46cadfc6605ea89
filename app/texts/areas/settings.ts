import settings from "../en/settings.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ settings });
