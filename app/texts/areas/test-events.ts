import testEvents from "../en/test-events.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ testEvents });
