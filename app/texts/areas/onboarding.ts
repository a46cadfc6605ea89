import onboarding from "../en/onboarding.json" with { type: "json" };
import { addTexts } from "../texts.ts";

addTexts({ onboarding });
