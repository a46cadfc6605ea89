import { describe, expect, it } from "vitest";

import { foldSightings, MOST_SIGHTINGS } from "./fold-sightings.ts";
import { reportedSenders, nameOf, type SeenByPage } from "./reported-senders.ts";
import { judgeSightings } from "./judge-sighting.ts";
import type { KeptSighting } from "./sighting.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-11-20T00:00:00Z");
const OURS = "900000000000001";
const channel: SeenByPage = { list: [{ app: "2329312", ids: [OURS] }], capi: false, page: [] };
const clean: SeenByPage = { list: [], capi: false, page: [] };

/** A store that gets reports, one after the other. */
function store() {
  let kept = new Map<string, KeptSighting>();
  const report = (seen: SeenByPage, hour: number) => {
    const { write, remove } = foldSightings([...kept.values()], reportedSenders(seen), START + hour * HOUR);
    kept = new Map(kept);
    for (const each of remove) kept.delete(nameOf(each));
    for (const each of write) kept.set(nameOf(each), each);
  };
  return {
    report,
    reports: (seen: SeenByPage, hours: readonly number[]) => hours.forEach((hour) => report(seen, hour)),
    sightings: (hour: number) => judgeSightings([...kept.values()], START + hour * HOUR).sightings,
    told: (hour: number) => judgeSightings([...kept.values()], START + hour * HOUR).told,
    rows: () => [...kept.values()],
  };
}
const hours = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);

describe("a sighting is believed", () => {
  it("after six hours with reports, the first and the last a day apart", () => {
    const busy = store();
    busy.reports(channel, hours(0, 24));
    expect(busy.sightings(24)).toMatchObject([{ hours: 24, isCredible: false, isPending: true }]);
    busy.report(channel, 24);
    expect(busy.sightings(24)).toMatchObject([
      {
        kind: "app_pixel",
        sender: "channel",
        pixelId: OURS,
        firstSeen: START,
        lastSeen: START + 24 * HOUR,
        hours: 25,
        ofHours: 25,
        isCredible: true,
        isGone: false,
        isPending: false,
      },
    ]);
    const quiet = store();
    quiet.reports(channel, hours(0, 100, 24));
    expect(quiet.sightings(100)[0]).toMatchObject({ hours: 5, isCredible: false });
    quiet.report(channel, 120);
    expect(quiet.sightings(120)[0]).toMatchObject({ hours: 6, isCredible: true });
  });

  it("not by many reports of a few hours", () => {
    const loud = store();
    for (let turn = 0; turn < 300; turn += 1) loud.report(channel, turn % 5);
    expect(loud.sightings(5)[0]).toMatchObject({ isCredible: false });
  });

  it("not where fewer than half of an hour's reports name it", () => {
    const some = store();
    for (const hour of hours(0, 48)) {
      some.reports(clean, [hour, hour]);
      some.report(channel, hour);
    }
    // The reports that came before it was first named are not known to have been silent.
    expect(some.sightings(48)).toMatchObject([{ hours: 1, isCredible: false, isPending: false }]);
  });

  it("not where two thirds and more of the hours since its first do not", () => {
    const rare = store();
    for (const hour of hours(0, 48)) rare.report(hour % 4 === 0 ? channel : clean, hour);
    expect(rare.sightings(48)).toMatchObject([
      { hours: 12, ofHours: 48, isCredible: false, isPending: false },
    ]);
    const third = store();
    for (const hour of hours(0, 46)) third.report(hour % 3 === 0 ? channel : clean, hour);
    expect(third.sightings(46)).toMatchObject([{ hours: 16, ofHours: 46, isCredible: true }]);
  });
});

describe("a few forged reports", () => {
  it("raise nothing beside those of visitors, and are forgotten after 48 hours with reports", () => {
    const shop = store();
    for (const hour of hours(0, 40)) {
      if ([10, 20, 30].includes(hour)) shop.report(channel, hour);
      shop.reports(clean, [hour, hour]);
      if (hour === 39) shop.report(channel, hour);
    }
    expect(shop.sightings(40).filter(({ isCredible, isPending }) => isCredible || isPending)).toEqual([]);
    shop.reports(clean, hours(40, 90));
    expect(shop.sightings(90)).toEqual([]);
  });

  it("do not clear what pages say", () => {
    const shop = store();
    for (const hour of hours(0, 60)) {
      shop.reports(channel, [hour, hour, hour]);
      if (hour >= 40) shop.reports(clean, [hour, hour]);
    }
    expect(shop.sightings(60)[0]).toMatchObject({ isCredible: true, isGone: false });
  });

  it("do not keep alive what was mended", () => {
    const shop = store();
    shop.reports(channel, hours(0, 30));
    shop.reports(clean, hours(30, 40));
    expect(shop.sightings(40)[0]).toMatchObject({ isCredible: true, isGone: false });
    shop.report(channel, 40);
    shop.reports(clean, hours(41, 43));
    expect(shop.sightings(43)[0]).toMatchObject({ isGone: true });
  });

  it("do not push out what pages say day after day", () => {
    const shop = store();
    shop.reports(channel, hours(0, 30));
    for (let turn = 0; turn < 50; turn += 1)
      shop.report(
        { ...channel, page: [...Array(12).keys()].map((id) => ({ id: `${turn}${id}`, by: "page" })) },
        30,
      );
    const senders = shop.rows().filter(({ kind }) => kind !== "told");
    expect(senders).toHaveLength(MOST_SIGHTINGS);
    expect(shop.sightings(30).some(({ sender, isCredible }) => sender === "channel" && isCredible)).toBe(
      true,
    );
    // A real one that is new comes in beside them.
    shop.report({ ...channel, page: [{ id: "777", by: "theme" }] }, 31);
    expect(shop.sightings(31).some(({ pixelId }) => pixelId === "777")).toBe(true);
  });
});

describe("a part of the page that cannot be read", () => {
  it("neither names nor clears", () => {
    const shop = store();
    shop.reports(channel, hours(0, 30));
    shop.reports({ page: [] }, hours(30, 60));
    expect(shop.sightings(60)[0]).toMatchObject({
      isCredible: true,
      isGone: false,
      lastSeen: START + 29 * HOUR,
    });
  });

  it("is told apart from one that names nobody", () => {
    const shop = store();
    shop.reports({ page: [], list: [] }, hours(0, 3));
    expect(shop.told(3)).toEqual(["list", "page"]);
    expect(shop.told(3 + 7 * 24)).toEqual([]);
    const two = store();
    two.reports(clean, [0, 1]);
    expect(two.told(1)).toEqual([]);
    // Reports that could read it are the fewer ones.
    for (const hour of hours(3, 9)) shop.reports({ page: [] }, [hour, hour]);
    shop.report({ page: [], list: [] }, 9);
    expect(shop.told(9)).toEqual(["list", "page"]);
  });
});

it("adds to the newest hour where the clock went back", () => {
  const shop = store();
  shop.reports(channel, [5, 4]);
  expect(shop.rows()[0]?.marks).toEqual([[START / HOUR + 5, 2, 2]]);
});
