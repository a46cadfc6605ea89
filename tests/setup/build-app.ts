import { ensureBuild } from "../../scripts/ensure-build.ts";

/** The browser tests drive the production build; made anew only when its inputs changed. */
export default function buildApp(): void {
  ensureBuild();
}
