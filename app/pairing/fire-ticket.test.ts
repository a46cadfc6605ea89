import { describe, expect, it } from "vitest";

import { createFireTickets } from "./fire-ticket.server.ts";

const key = (byte: number) => Buffer.alloc(32, byte).toString("base64");
const HOUR = 3_600_000;

describe("a ticket", () => {
  it("brings the report's ID back for 48 hours", () => {
    let now = 1_750_000_000_000;
    const tickets = createFireTickets([key(1)], () => now);
    const ticket = tickets.issue(9_007_199_254_740_993n);
    expect(tickets.read(ticket)).toBe(9_007_199_254_740_993n);
    now += 48 * HOUR;
    expect(tickets.read(ticket)).toBe(9_007_199_254_740_993n);
    now += 1;
    expect(tickets.read(ticket)).toBeUndefined();
  });

  it("is worthless with any bit changed, cut, or signed by another key", () => {
    const tickets = createFireTickets([key(1)], () => 0);
    const bytes = Buffer.from(tickets.issue(5n), "base64url");
    for (let position = 0; position < bytes.length; position += 1) {
      const forged = Buffer.from(bytes);
      forged.writeUInt8(forged.readUInt8(position) ^ 1, position);
      expect(tickets.read(forged.toString("base64url"))).toBeUndefined();
    }
    expect(tickets.read(bytes.subarray(1).toString("base64url"))).toBeUndefined();
    expect(tickets.read("")).toBeUndefined();
    expect(createFireTickets([key(2)], () => 0).read(tickets.issue(5n))).toBeUndefined();
  });

  it("outlives a change of keys", () => {
    const ticket = createFireTickets([key(1)], () => 0).issue(5n);
    expect(createFireTickets([key(2), key(1)], () => 0).read(ticket)).toBe(5n);
  });
});
