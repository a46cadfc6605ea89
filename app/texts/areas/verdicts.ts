import verdicts from "../en/verdicts.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ verdicts });
