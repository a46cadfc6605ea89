import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take a minute or more. One that began last would run alone at the end, beside an idle core. */
const SLOW = /-drills|admin-pages|storefront-webhook/;

/** vitest's own order, by what earlier runs took and else by size, after the files that are known to be slow. */
export class SlowFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => SLOW.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
