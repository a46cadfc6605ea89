import storefront from "../en/storefront.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ storefront });
