import listing from "../en/listing.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ listing });
