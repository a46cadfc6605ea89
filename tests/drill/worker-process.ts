import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

import { childEnvironment } from "#sandbox/child-environment.ts";
import { APP_COMMAND, APP_PRELOADS } from "#sandbox/start-world.ts";

/** A worker alone (`npm run worker`), as one of several processes on one database. */
export interface WorkerProcess {
  start(): Promise<void>;
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
  readonly lines: readonly string[];
}

export function createWorkerProcess(environment: Readonly<Record<string, string>>): WorkerProcess {
  const lines: string[] = [];
  let child: ChildProcess | undefined;
  let ended: Promise<number | null> = Promise.resolve(null);
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    child?.kill(signal);
    return ended;
  };
  return {
    lines,
    start: async () => {
      const started = spawn(process.execPath, [...APP_PRELOADS, ...APP_COMMAND, "--worker"], {
        env: { ...childEnvironment(), ...environment, NODE_ENV: "production" },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      child = started;
      ended = new Promise((resolve) => started.once("exit", (code) => resolve(code)));
      const isUp = new Promise<void>((resolve) => {
        // Line by line: a line may come in two pieces.
        for (const input of [started.stdout, started.stderr])
          if (input)
            createInterface({ input }).on("line", (line) => {
              if (line) lines.push(line);
              if (line.includes("Tandem is up")) resolve();
            });
      });
      const failed = ended.then((code) => {
        throw new Error(`a worker ended with ${code}:\n${lines.slice(-10).join("\n")}`);
      });
      await Promise.race([isUp, failed]);
      failed.catch(() => undefined);
    },
    stop: () => end("SIGTERM"),
    kill: async () => void (await end("SIGKILL")),
  };
}
