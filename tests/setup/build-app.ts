import { ensureBuild } from "../../scripts/ensure-build.ts";

/**
 * Tests of the browser and of whole processes drive the production build; made anew only when its inputs changed, and
 * once for the run: two builds at one time would remove each other's files.
 */
export default function buildApp(): void {
  ensureBuild();
}
