import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take a minute or more. One that began last would run alone at the end, beside an idle core. */
const SLOW = /-drills|admin-pages|storefront-webhook|demo-history-report/;

/**
 * vitest's own order, by what earlier runs took and else by size, after the files that are known to be slow. Files of one
 * project follow each other, browser tests first: a process that goes on to another project's file starts anew.
 */
export class SlowFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) =>
      (SLOW.test(moduleId) ? 0 : 2) + (project.name === "browser" ? 0 : 1);
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
