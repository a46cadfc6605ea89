import events from "../en/events.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ events });
