// Loaded before anything else (node --import …) in processes that must not outlive the one that started them: the app
// of a demo or a test, and the scripts that npm runs. The parent's end of the IPC channel closes when the parent ends,
// even by SIGKILL; this process then ends as on SIGTERM, and is killed if that takes too long. Plain JavaScript: it is
// loaded by whatever Node there is. Production never loads this file.
import process from "node:process";

/** Longer than the app's own patience with requests (15 s). */
const PATIENCE_MS = 20_000;

if (process.channel) {
  process.once("disconnect", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), PATIENCE_MS).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // Listening must not keep a process running that has nothing else to do.
  process.channel.unref();
}
