import { FigureTable } from "./figure-table.tsx";
import type { TrendProps, TrendTexts } from "./trend.ts";
import { TrendPlot } from "./trend-plot.tsx";
import { useFormat } from "./use-format.ts";
import { useTexts } from "../../texts/use-texts.ts";

/** A chart by day over its legend, its marks and its table; all of it stands in the page that the server sends. */
export function TrendChart({ marks: allMarks = [], ...props }: TrendProps) {
  const format = useFormat();
  const { t } = useTexts();
  const marks = allMarks.filter(({ day }) => props.points.some((point) => point.day === day));
  const write: TrendTexts = {
    day: format.day,
    showOrUnknown: (value) => (value === null ? t("common.chartNotKnown") : props.show(value)),
  };
  return (
    <figure className="tandem-figure" aria-label={props.title}>
      <TrendPlot {...props} {...write} marks={marks} />
      <Legend {...props} />
      {marks.length > 0 ? (
        <ol className="tandem-marks">
          {marks.map((mark, index) => (
            <li key={`${mark.day} ${mark.label}`}>
              <span className="tandem-mark-number">{index + 1}</span>
              {t("common.chartMark", { day: format.day(mark.day), label: mark.label })}
            </li>
          ))}
        </ol>
      ) : null}
      <FigureTable
        caption={t("common.chartByDay", { title: props.title })}
        head={[t("common.chartDay"), ...props.series.map((each) => each.name)]}
        rows={props.points.map((point) => [format.day(point.day), ...point.values.map(write.showOrUnknown)])}
      />
    </figure>
  );
}

function Legend({ series, goal }: Pick<TrendProps, "series" | "goal">) {
  if (series.length < 2 && !goal) return null;
  return (
    <ul className="tandem-legend" aria-hidden="true">
      {series.map((each) => (
        <li key={each.key}>
          <span className="tandem-swatch" style={{ background: each.color }} />
          {each.name}
        </li>
      ))}
      {goal ? (
        <li>
          <span className="tandem-swatch tandem-goal" />
          {goal.name}
        </li>
      ) : null}
    </ul>
  );
}
