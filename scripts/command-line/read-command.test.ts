import { describe, expect, it } from "vitest";

import { readCommand, type CommandText } from "./read-command.ts";

const BAKE: CommandText = {
  typed: "npm run bake",
  does: "Bakes bread.",
  takes: "about an hour",
  options: [
    { flags: "--salt <grams>", does: "how much salt" },
    { flags: "--oven <kind>", does: "where", choices: ["wood", "gas"] },
    { flags: "--slow", does: "overnight" },
  ],
  words: { form: "[loaf...]", does: "what to bake", known: ["baguette", "ciabatta"], numbers: true },
  more: "Exit 1: it burned.",
};

describe("what was typed behind a command", () => {
  it("is read, by the option's long name", () => {
    expect(readCommand(BAKE, ["--salt", "9", "baguette", "3", "--slow"])).toEqual({
      kind: "run",
      options: { salt: "9", slow: true },
      words: ["baguette", "3"],
    });
  });

  it("is answered with the whole help, exit 0", () => {
    const help = readCommand(BAKE, ["--help"]);
    expect(help).toMatchObject({ kind: "said", exitCode: 0 });
    const text = help.kind === "said" ? help.output : "";
    for (const line of ["npm run bake --", "Bakes bread.", "Takes about an hour.", "Exit 1: it burned."])
      expect(text).toContain(line);
    expect(text).toMatch(/--salt <grams>\s+how much salt/);
    expect(text).toMatch(/--oven <kind>\s+where \(choices: "wood", "gas"\)/);
    expect(text).toContain("what to bake: baguette, ciabatta");
  });

  it.each([
    [["--salz", "9"], "unknown option '--salz'", "(Did you mean --salt?)"],
    [["--salt"], "option '--salt <grams>' argument missing", "--help"],
    [["--oven", "coal"], "'coal' is invalid", "Allowed choices are wood, gas."],
    [["bagette"], 'there is no "bagette"', "Did you mean baguette?"],
    [["pretzel"], 'there is no "pretzel"', "There is: baguette, ciabatta."],
  ])("names the mistake in %j and what is nearest, exit 2", (typed, mistake, nearest) => {
    const said = readCommand(BAKE, typed);
    expect(said).toMatchObject({ kind: "said", exitCode: 2 });
    const text = said.kind === "said" ? said.output : "";
    expect(text).toContain(mistake);
    expect(text).toContain(nearest);
    expect(text).toContain("npm run bake -- --help");
  });
});
