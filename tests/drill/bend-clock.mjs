// Loaded into the app's processes by a drill (node --import): their wall clock runs as the drill's file says. Only Date
// bends; timers and timeouts keep to real time. Production never loads this file.
//
// The file (CLOCK_FILE) holds {"anchorReal": ms, "anchorBent": ms, "rate": n}: bent = anchorBent + (real - anchorReal) * rate.
import { readFileSync } from "node:fs";

const RealDate = globalThis.Date;
const file = process.env.CLOCK_FILE ?? "";
let bend = { anchorReal: 0, anchorBent: 0, rate: 1 };

function look() {
  try {
    bend = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Half-written or not there yet: what was read last still holds.
  }
}

const now = () => Math.floor(bend.anchorBent + (RealDate.now() - bend.anchorReal) * bend.rate);

if (file) {
  look();
  setInterval(look, 100).unref();
  globalThis.Date = class Date extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(now());
      else super(...parts);
    }
    static now() {
      return now();
    }
  };
}
