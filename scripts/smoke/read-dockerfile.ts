/** What a Dockerfile of two stages does, as far as ours uses the language. */
export interface Dockerfile {
  readonly build: readonly (
    | { readonly kind: "run"; readonly command: string }
    | { readonly kind: "copy"; readonly from: readonly string[]; readonly to: string }
  )[];
  /** From the build stage's folder /app into the last stage's. */
  readonly copies: readonly { readonly from: string; readonly to: string }[];
  readonly variables: Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

/** @throws Error for a line that it does not know: what cannot be followed must not seem to have been tried */
export function readDockerfile(text: string): Dockerfile {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  const stageAt = lines.findLastIndex((line) => line.startsWith("FROM "));
  const build: Dockerfile["build"][number][] = [];
  for (const line of lines.slice(0, stageAt)) {
    const [word = "", rest = ""] = split(line);
    if (word === "RUN") build.push({ kind: "run", command: rest });
    else if (word === "COPY") {
      const places = rest.split(/\s+/);
      build.push({ kind: "copy", from: places.slice(0, -1), to: places.at(-1) ?? "." });
    } else if (!["FROM", "WORKDIR"].includes(word)) throw new Error(`not known here: ${line}`);
  }
  const copies: Dockerfile["copies"][number][] = [];
  const variables: Record<string, string> = {};
  let command: readonly string[] = [];
  for (const line of lines.slice(stageAt)) {
    const [word = "", rest = ""] = split(line);
    if (word === "COPY") {
      const [, from = "", to = ""] = /^--from=build (\S+) (\S+)$/.exec(rest) ?? [];
      if (!from) throw new Error(`not known here: ${line}`);
      copies.push({ from, to });
    } else if (word === "ENV") {
      const [name = "", value = ""] = rest.split("=");
      variables[name] = value;
    } else if (word === "CMD") command = wordsOf(rest);
    // What only a container has: its user, its folder's owner, its port, its health.
    else if (!["FROM", "WORKDIR", "RUN", "USER", "EXPOSE", "HEALTHCHECK"].includes(word))
      throw new Error(`not known here: ${line}`);
  }
  return { build, copies, variables, command };
}

function split(line: string): readonly [string, string] {
  const at = line.indexOf(" ");
  return [line.slice(0, at), line.slice(at + 1).trim()];
}

function wordsOf(json: string): readonly string[] {
  const words: unknown = JSON.parse(json);
  if (!Array.isArray(words) || !words.every((word) => typeof word === "string"))
    throw new Error(`not known here: CMD ${json}`);
  return words;
}
