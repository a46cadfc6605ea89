import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import type { TrendProps } from "./trend.ts";
import { TrendPlot } from "./trend-plot.tsx";

const DAYS = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"];
const RATE = { key: "rate", name: "Failed requests", color: "#c5280c" };

function draw(props: Partial<TrendProps> & Pick<TrendProps, "points">): string {
  return renderToStaticMarkup(
    createElement(TrendPlot, {
      title: "A chart",
      kind: "line",
      series: [RATE],
      show: (value) => `${Math.round(value * 1000) / 10}%`,
      showOrUnknown: (value) => String(value),
      day: (day) => day.slice(5),
      ...props,
    }),
  );
}

/** The texts of the upright axis, from 0 up. */
function axis(markup: string): readonly string[] {
  const [, ticks = ""] = /tandem-y-axis">(.*?)<\/div>/.exec(markup) ?? [];
  return [...ticks.matchAll(/<span>(.*?)<\/span>/g)].map(([, text = ""]) => text);
}

it("draws a single point as a dot", () => {
  const points = DAYS.map((day, index) => ({ day, values: [index === 1 ? 0.02 : null] }));
  const markup = draw({ points, domain: { atLeast: 0.05, atMost: 1 } });
  // The middle of the second of four days, 2 of 5 % up.
  expect(markup).toContain('<path class="tandem-dots" d="M37.5 60h.01"');
});

it("draws every point of a single day in the middle", () => {
  expect(draw({ points: [{ day: "2026-03-01", values: [1] }], top: 1 })).toContain("M50 0h.01");
});

it.each([
  ["no errors", [0, 0, 0, 0], ["0%", "1%", "2%", "3%", "4%", "5%"]],
  ["nothing known", [null, null, null, null], ["0%", "1%", "2%", "3%", "4%", "5%"]],
  ["all failed", [1, 1, 1, 1], ["0%", "20%", "40%", "60%", "80%", "100%"]],
  ["more than all", [4, 0, 0, 0], ["0%", "20%", "40%", "60%", "80%", "100%"]],
])("has an axis of shares that fits: %s", (_, values, texts) => {
  const points = DAYS.map((day, index) => ({ day, values: [values[index] ?? null] }));
  expect(axis(draw({ points, domain: { atLeast: 0.05, atMost: 1 } }))).toEqual(texts);
});

it("counts in whole numbers", () => {
  const points = [{ day: "2026-03-01", values: [1, 1] }];
  const series = [RATE, { ...RATE, key: "other" }];
  expect(axis(draw({ points, kind: "stacked", series, show: String }))).toEqual(["0", "1", "2"]);
});

it("stacks the parts of a day, and shows the least of them", () => {
  const points = [{ day: "2026-03-01", values: [999, 1, 0] }];
  const series = [
    RATE,
    { ...RATE, key: "few", color: "#111111" },
    { ...RATE, key: "none", color: "#222222" },
  ];
  const markup = draw({ points, kind: "stacked", series, show: String });
  expect(markup).toContain('d="M47 0.1h6v99.9h-6z" fill="#c5280c"');
  expect(markup).toContain('d="M47 0h6v1h-6z" fill="#111111"');
  expect(markup).toContain('d="" fill="#222222"');
});

it("marks the days on which something changed, and numbers what fell on one day together", () => {
  const points = DAYS.map((day) => ({ day, values: [0] }));
  const marks = [
    { day: "2026-03-02", label: "Embed on" },
    { day: "2026-03-02", label: "Token replaced" },
    { day: "2026-03-04", label: "Settings saved" },
  ];
  const markup = draw({ points, marks });
  expect(markup).toContain('class="tandem-mark-line" d="M37.5 0V100M37.5 0V100M87.5 0V100"');
  expect([...markup.matchAll(/class="tandem-mark"[^>]*>(.*?)</g)].map(([, text]) => text)).toEqual([
    "1, 2",
    "3",
  ]);
});

it("names five days of ninety", () => {
  const points = Array.from({ length: 90 }, (_, index) => ({ day: `2026-${index}`, values: [0] }));
  const [, days = ""] = /tandem-x-axis">(.*)$/.exec(draw({ points })) ?? [];
  expect(days.match(/<span/g)).toHaveLength(5);
});
