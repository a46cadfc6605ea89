import funnel from "../en/funnel.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ funnel });
