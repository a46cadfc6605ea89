import { useState, type PointerEvent } from "react";

import { bandCentre } from "./chart-scale.ts";
import type { TrendProps, TrendTexts } from "./trend.ts";

/** The numbers of the day under the pointer. A part of its own, so that nothing else is drawn anew while it moves. */
export function TrendHover(props: TrendProps & TrendTexts) {
  const { points, series } = props;
  const [index, setIndex] = useState<number>();
  const point = index === undefined ? undefined : points[index];
  const follow = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const found = Math.floor(((clientX - left) / width) * points.length);
    setIndex(Math.min(Math.max(found, 0), points.length - 1));
  };
  return (
    <div
      className="tandem-hover"
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => setIndex(undefined)}
    >
      {index === undefined || point === undefined ? null : (
        <>
          <div
            className="tandem-hover-line"
            style={{ insetInlineStart: `${bandCentre(index, points.length)}%` }}
          />
          <div
            className="tandem-hover-box"
            style={
              index < points.length / 2
                ? { insetInlineStart: `calc(${bandCentre(index, points.length)}% + 8px)` }
                : { insetInlineEnd: `calc(${100 - bandCentre(index, points.length)}% + 8px)` }
            }
          >
            <div>{props.day(point.day)}</div>
            {series.map((each, number) => (
              <div key={each.key}>
                <span>
                  <span className="tandem-swatch" style={{ background: each.color }} />
                  {each.name}
                </span>
                <span>{props.showOrUnknown(point.values[number] ?? null)}</span>
              </div>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
