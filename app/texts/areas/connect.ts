import connect from "../en/connect.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ connect });
