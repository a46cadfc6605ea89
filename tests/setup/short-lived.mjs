// Loaded before everything else by the processes of tests and what they start (vitest.config.ts). Such a process lives for
// seconds, and more than a quarter of a start was V8's optimising of the embedded database's WebAssembly, many functions of
// which are used often enough for it while the database opens. What a test uses very much is optimised all the same.
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--wasm-tiering-budget=1000000000");
