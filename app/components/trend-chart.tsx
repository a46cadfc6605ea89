import { Suspense, lazy, useEffect, useState } from "react";

import { FigureTable } from "./figure-table.tsx";
import { useFormat } from "./use-format.ts";

export interface Series {
  readonly key: string;
  readonly name: string;
  readonly color: string;
}

export interface TrendProps {
  /** Names the figure for those who do not see it. */
  readonly title: string;
  readonly kind: "stacked" | "line";
  readonly series: readonly Series[];
  readonly points: readonly { readonly day: string; readonly values: readonly (number | null)[] }[];
  /** A line to compare with. */
  readonly goal?: { readonly value: number; readonly name: string };
  /** Upper end of the scale; default by the data. */
  readonly top?: number;
  readonly show: (value: number) => string;
}

// The chart library is loaded after the page, and only where there is something to draw.
const TrendPlot = lazy(() => import("./trend-plot.tsx"));

/** A chart by day over its legend and its table. It keeps its height from the first paint on, so that nothing jumps. */
export function TrendChart(props: TrendProps) {
  const format = useFormat();
  const [inBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  return (
    <figure className="tandem-figure" aria-label={props.title}>
      <div className="tandem-plot" aria-hidden="true">
        {inBrowser ? (
          <Suspense fallback={null}>
            <TrendPlot {...props} day={format.day} />
          </Suspense>
        ) : null}
      </div>
      {props.series.length > 1 || props.goal ? (
        <ul className="tandem-legend" aria-hidden="true">
          {props.series.map((each) => (
            <li key={each.key}>
              <span className="tandem-swatch" style={{ background: each.color }} />
              {each.name}
            </li>
          ))}
          {props.goal ? (
            <li>
              <span className="tandem-swatch tandem-goal" />
              {props.goal.name}
            </li>
          ) : null}
        </ul>
      ) : null}
      <FigureTable
        caption={`${props.title}, by day`}
        head={["Day", ...props.series.map((each) => each.name)]}
        rows={props.points.map((point) => [
          format.day(point.day),
          ...point.values.map((value) => (value === null ? "Not known" : props.show(value))),
        ])}
      />
    </figure>
  );
}
