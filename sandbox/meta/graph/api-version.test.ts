import { expect, it } from "vitest";

import { judgeVersion } from "./api-version.ts";

it.each([
  ["v26.0", "2026-11-23T00:00:00Z", "current"],
  ["v25.0", "2026-11-23T00:00:00Z", "supported"],
  ["v24.0", "2028-02-18T23:59:59Z", "supported"],
  ["v24.0", "2028-02-19T00:00:00Z", "expired"],
  ["v20.0", "2026-09-24T12:00:00Z", "supported"],
  ["v20.0", "2026-09-25T00:00:00Z", "expired"],
  ["v18.0", "2026-11-23T00:00:00Z", "expired"],
  ["v27.0", "2026-11-23T00:00:00Z", "unknown"],
  ["1234567890", "2026-11-23T00:00:00Z", "absent"],
  ["", "2026-11-23T00:00:00Z", "absent"],
])("%s on %s is %s (meta.md 1.1)", (version, now, verdict) => {
  expect(judgeVersion(version, Date.parse(now))).toBe(verdict);
});
