// Loaded before everything else by each process that a test starts (NODE_OPTIONS, vitest.config.ts). Such a process lives for
// seconds, and V8 would spend two fifths of them on optimising the embedded database's WebAssembly, which many functions
// of it are used often enough for while it opens. What a test uses very much is optimised all the same.
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--wasm-tiering-budget=1000000000");
