import { bandCentre, fitAxis, heightAt, hundredth, spreadLabels } from "./chart-scale.ts";
import type { TrendProps, TrendTexts } from "./trend.ts";
import { TrendHover } from "./trend-hover.tsx";

/** Days named below a chart: as many as fit on a phone. */
const MOST_LABELS = 5;
/** Up to this many points each is drawn as a dot; a line alone cannot show a single one. */
const MOST_DOTS = 7;
/** A bar's part of its day, and its greatest part of the picture. */
const BAR = { ofDay: 0.75, most: 6 };
/** What is not nothing is seen; of a hundred. */
const LEAST_HEIGHT = 1;

/**
 * The drawing: SVG stretched over the place that there is, so that it needs no measuring and stands in the page before
 * any script. Strokes keep their width, and text stands beside it as text.
 */
export function TrendPlot(props: TrendProps & TrendTexts) {
  const ticks = ticksOf(props);
  const top = ticks.at(-1) ?? 1;
  const days = props.points.map((point) => point.day);
  return (
    <div className="tandem-plot" aria-hidden="true">
      <div className="tandem-y-axis">
        {ticks.map((tick) => (
          <span key={tick}>{props.show(tick)}</span>
        ))}
      </div>
      <div className="tandem-canvas">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" focusable="false">
          <path className="tandem-grid-line" d={linesAt(ticks.map((tick) => heightAt(tick, top)))} />
          {props.kind === "stacked" ? <Bars {...props} top={top} /> : <Lines {...props} top={top} />}
          {props.goal ? (
            <path className="tandem-goal-line" d={linesAt([heightAt(props.goal.value, top)])} />
          ) : null}
          <path
            className="tandem-mark-line"
            d={(props.marks ?? [])
              .map(({ day }) => days.indexOf(day))
              .filter((index) => index >= 0)
              .map((index) => `M${bandCentre(index, days.length)} 0V100`)
              .join("")}
          />
        </svg>
        <MarkNumbers days={days} marks={props.marks ?? []} />
        <TrendHover {...props} />
      </div>
      <div className="tandem-x-axis">
        {spreadLabels(days.length, MOST_LABELS).map((index) => (
          <span key={index} style={labelPlace(index, days.length)}>
            {props.day(days[index] ?? "")}
          </span>
        ))}
      </div>
    </div>
  );
}

function ticksOf({ kind, points, goal, top, domain }: TrendProps): readonly number[] {
  const values = points.map((point) => point.values.map((value) => value ?? 0));
  const tallest = values.map((each) =>
    kind === "stacked" ? each.reduce((sum, value) => sum + value, 0) : Math.max(0, ...each),
  );
  return fitAxis({
    max: Math.max(goal?.value ?? 0, ...tallest),
    whole: kind === "stacked",
    ...(top === undefined ? domain : { atLeast: top, atMost: top }),
  });
}

function Bars({ points, series, top }: TrendProps & { readonly top: number }) {
  const width = hundredth(Math.min((BAR.ofDay * 100) / points.length, BAR.most));
  const paths = series.map(() => "");
  for (const [index, point] of points.entries()) {
    const start = hundredth(bandCentre(index, points.length) - width / 2);
    let floor = 100;
    for (const [number] of series.entries()) {
      const value = point.values[number] ?? 0;
      if (value <= 0) continue;
      const height = hundredth(Math.max((value / top) * 100, LEAST_HEIGHT));
      floor = Math.max(0, hundredth(floor - height));
      paths[number] += `M${start} ${floor}h${width}v${height}h-${width}z`;
    }
  }
  return series.map((each, number) => <path key={each.key} d={paths[number]} fill={each.color} />);
}

function Lines({ points, series, top }: TrendProps & { readonly top: number }) {
  return series.map((each, number) => {
    const known = points.flatMap((point, index) => {
      const value = point.values[number] ?? null;
      return value === null ? [] : [`${bandCentre(index, points.length)} ${heightAt(value, top)}`];
    });
    return (
      <g key={each.key} stroke={each.color}>
        <path className="tandem-line" d={known.length > 0 ? `M${known.join("L")}` : ""} />
        {known.length <= MOST_DOTS ? (
          // A line of hardly any length with round ends is a round dot, however the picture is stretched.
          <path className="tandem-dots" d={known.map((place) => `M${place}h.01`).join("")} />
        ) : null}
      </g>
    );
  });
}

/** The numbers by which the list below a chart names its marks; those of one day stand together. */
function MarkNumbers({ days, marks }: { days: readonly string[]; marks: NonNullable<TrendProps["marks"]> }) {
  return days.map((day, index) => {
    const numbers = marks.flatMap((mark, number) => (mark.day === day ? [number + 1] : []));
    return numbers.length === 0 ? null : (
      <span
        key={day}
        className="tandem-mark"
        style={{ insetInlineStart: `${bandCentre(index, days.length)}%` }}
      >
        {numbers.join(", ")}
      </span>
    );
  });
}

function linesAt(heights: readonly number[]): string {
  return heights.map((height) => `M0 ${height}H100`).join("");
}

/** The first and the last label of many end with the picture. */
function labelPlace(index: number, count: number): Readonly<Record<string, string>> {
  if (count > MOST_LABELS && index === 0) return { insetInlineStart: "0" };
  if (count > MOST_LABELS && index === count - 1) return { insetInlineEnd: "0" };
  return { insetInlineStart: `${bandCentre(index, count)}%`, transform: "translateX(-50%)" };
}
