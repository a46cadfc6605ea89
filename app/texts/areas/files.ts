import files from "../en/files.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ files });
