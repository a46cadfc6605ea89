import alerts from "../en/alerts.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ alerts });
