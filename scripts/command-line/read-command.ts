import { Command, CommanderError } from "commander";
import { closest, distance } from "fastest-levenshtein";

/** One option of a command, as `--help` shows it: `flags` in the form "--orders <file>". */
export interface OptionText {
  readonly flags: string;
  readonly does: string;
  readonly choices?: readonly string[];
}

/** The words that a command takes beside its options. */
export interface WordsText {
  /** "[name...]", "<order>" */
  readonly form: string;
  readonly does: string;
  /** All there are; a word that is none of them names the nearest. Numbers pass where `numbers` is set. */
  readonly known?: readonly string[];
  readonly numbers?: boolean;
}

export interface CommandText {
  /** As it is typed, without its options: "npm run demo". */
  readonly typed: string;
  readonly does: string;
  /** How long it takes, in words: "about a minute". */
  readonly takes: string;
  readonly options?: readonly OptionText[];
  readonly words?: WordsText;
  /** Stands below the options: exit codes, what else there is to know. */
  readonly more?: string;
}

export type CommandRead =
  | {
      readonly kind: "run";
      /** By the option's long name in camel case; absent where it was not given. */
      readonly options: Readonly<Record<string, string | boolean | undefined>>;
      readonly words: readonly string[];
    }
  /** Help was asked for (exit 0), or what was typed is wrong (exit 2): `output` is all there is to say. */
  | { readonly kind: "said"; readonly exitCode: 0 | 2; readonly output: string };

/** What was typed behind a command. Every command has `--help`; a mistake is named with the nearest word that there is. */
export function readCommand(text: CommandText, typed: readonly string[]): CommandRead {
  const said: string[] = [];
  const typedAs = behind(text.typed);
  const command = new Command(typedAs)
    .description(`${text.does}\nTakes ${text.takes}.`)
    .configureOutput({ writeOut: (line) => said.push(line), writeErr: (line) => said.push(line) })
    .helpOption("-h, --help", "says this")
    .allowExcessArguments(false)
    .exitOverride();
  for (const { flags, does, choices } of text.options ?? []) {
    const option = command.createOption(flags, does);
    command.addOption(choices ? option.choices(choices) : option);
  }
  if (text.words) command.argument(text.words.form, wordsHelp(text.words));
  if (text.more !== undefined) command.addHelpText("after", `\n${text.more}`);
  try {
    command.parse([...typed], { from: "user" });
    const wrong = command.args.map((word) => mistakeIn(word, text.words)).find(Boolean);
    if (wrong !== undefined) command.error(`error: ${wrong}`);
    return { kind: "run", options: command.opts(), words: command.args };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const output = said.join("").trimEnd();
    const isHelp = error.exitCode === 0;
    return {
      kind: "said",
      exitCode: isHelp ? 0 : 2,
      output: isHelp ? output : `${output}\n(${typedAs} --help says what there is)`,
    };
  }
}

/** The same for a command's own process: says what there is to say and ends, or goes on with what was typed. */
export function obeyCommand(text: CommandText, typed: readonly string[] = process.argv.slice(2)) {
  const read = readCommand(text, typed);
  if (read.kind === "run") return read;
  (read.exitCode === 0 ? process.stdout : process.stderr).write(`${read.output}\n`);
  return process.exit(read.exitCode);
}

/** npm hands on only what stands behind its two dashes. */
function behind(typed: string): string {
  return typed.startsWith("npm ") && !typed.includes(" -- ") ? `${typed} --` : typed;
}

function wordsHelp({ does, known }: WordsText): string {
  return known ? `${does}: ${known.join(", ")}` : does;
}

function mistakeIn(word: string, words: WordsText | undefined): string | undefined {
  if (!words?.known || words.known.includes(word) || (words.numbers && /^\d+$/.test(word))) return undefined;
  const near = closest(word, words.known);
  const isNear = distance(word, near) <= Math.max(2, word.length / 3);
  return isNear
    ? `there is no "${word}". Did you mean ${near}?`
    : `there is no "${word}". There is: ${words.known.join(", ")}.`;
}
