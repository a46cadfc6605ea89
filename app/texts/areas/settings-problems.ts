import settingsProblems from "../en/settings-problems.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ settingsProblems });
