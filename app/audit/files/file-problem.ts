import type { ENGLISH } from "../../texts/catalogue.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/files.ts";

/** What can be wrong with a file; each has its words in `files.problem`. */
export type FileFault = keyof (typeof ENGLISH)["files"]["problem"];

export interface FilePlace {
  /** As whoever gave it calls it. */
  readonly file: string;
  /** From 1; the line on which a row begins. */
  readonly line?: number;
  /** Name of the column, or its number within the line from 1. */
  readonly column?: string | number;
}

/**
 * Something in a file that cannot be read. It names the place and never the content: a cell in the wrong column may be
 * somebody's name. Thrown inside of the readers, which are streams, and turned into a value by who called them.
 */
export class FileProblem extends Error {
  override readonly name = "FileProblem";
  readonly place: FilePlace;
  readonly fault: FileFault;
  /** What is wrong, without the place. */
  readonly words: string;

  constructor(place: FilePlace, fault: FileFault, values: Readonly<Record<string, string | number>> = {}) {
    const words = sayText({ key: `files.problem.${fault}`, values });
    super(atPlace(place, words));
    this.place = place;
    this.fault = fault;
    this.words = words;
  }
}

function atPlace({ file, line, column }: FilePlace, problem: string): string {
  if (line === undefined) return sayText({ key: "files.at.file", values: { file, problem } });
  if (column === undefined) return sayText({ key: "files.at.line", values: { file, line, problem } });
  return sayText({ key: "files.at.column", values: { file, line, column, problem } });
}
