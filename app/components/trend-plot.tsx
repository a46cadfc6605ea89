import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";

import type { TrendProps } from "./trend-chart.tsx";

const AXIS = { fontSize: 11, fill: "#616161" } as const;

/** The drawing itself; a module of its own, so that the chart library stays out of a page's first load. */
export default function TrendPlot(props: TrendProps & { readonly day: (day: string) => string }) {
  const data = props.points.map((point) => ({
    day: props.day(point.day),
    ...Object.fromEntries(props.series.map((each, index) => [each.key, point.values[index] ?? null])),
  }));
  const shared = (
    <>
      <CartesianGrid vertical={false} stroke="#ebebeb" />
      <XAxis dataKey="day" tick={AXIS} tickLine={false} axisLine={{ stroke: "#d4d4d4" }} minTickGap={28} />
      <YAxis
        tick={AXIS}
        tickLine={false}
        axisLine={false}
        width="auto"
        allowDecimals={props.kind === "line"}
        domain={[0, props.top ?? "auto"]}
        {...(props.top === undefined
          ? {}
          : { ticks: [0, 0.2, 0.4, 0.6, 0.8, 1].map((part) => part * (props.top ?? 1)) })}
        tickFormatter={(value: number) => props.show(value)}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: "rgba(0, 0, 0, 0.04)" }}
        formatter={(value) => (typeof value === "number" ? props.show(value) : "")}
        contentStyle={{ fontSize: 12, borderRadius: 8, border: "1px solid #e3e3e3" }}
      />
      {props.goal ? <ReferenceLine y={props.goal.value} stroke="#616161" strokeDasharray="4 4" /> : null}
    </>
  );
  const margin = { top: 8, right: 8, bottom: 0, left: 0 };
  return (
    <ResponsiveContainer width="100%" height="100%">
      {props.kind === "stacked" ? (
        <BarChart data={data} margin={margin} accessibilityLayer={false}>
          {shared}
          {props.series.map((each) => (
            <Bar
              key={each.key}
              dataKey={each.key}
              name={each.name}
              stackId="all"
              fill={each.color}
              isAnimationActive={false}
              maxBarSize={28}
            />
          ))}
        </BarChart>
      ) : (
        <LineChart data={data} margin={margin} accessibilityLayer={false}>
          {shared}
          {props.series.map((each) => (
            <Line
              key={each.key}
              dataKey={each.key}
              name={each.name}
              stroke={each.color}
              strokeWidth={2}
              dot={props.points.length <= 7}
              connectNulls
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      )}
    </ResponsiveContainer>
  );
}
