/**
 * Types and lint of all code in one process: the rules that need types get the very program whose types were checked, in
 * place of reading and checking everything a second time. The same as `npm run typecheck` (but extensions/, which have a
 * configuration of their own) and `npm run lint`; exits 1 when either finds anything.
 */
import process from "node:process";

import { ESLint } from "eslint";
import ts from "typescript";

const host: ts.ParseConfigFileHost = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: (problem) => {
    throw new Error(formatted([problem]));
  },
};
const config = ts.getParsedCommandLineOfConfigFile("tsconfig.json", {}, host);
if (!config) throw new Error("tsconfig.json cannot be read");
const program = ts.createProgram({
  rootNames: config.fileNames,
  options: config.options,
  configFileParsingDiagnostics: ts.getConfigFileParsingDiagnostics(config),
});
const wrongTypes = ts.getPreEmitDiagnostics(program);
process.stdout.write(formatted(wrongTypes));

const eslint = new ESLint({
  overrideConfig: {
    files: ["**/*.{ts,tsx}"],
    ignores: ["extensions/**"],
    languageOptions: { parserOptions: { projectService: false, programs: [program] } },
  },
});
const results = await eslint.lintFiles(["."]);
process.stdout.write(await (await eslint.loadFormatter("stylish")).format(results));

const isClean = results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0);
process.exitCode = wrongTypes.length === 0 && isClean ? 0 : 1;

function formatted(problems: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(problems, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => process.cwd(),
    getNewLine: () => "\n",
  });
}
