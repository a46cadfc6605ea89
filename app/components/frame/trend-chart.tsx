import { FigureTable } from "./figure-table.tsx";
import { TrendPlot } from "./trend-plot.tsx";
import { useFormat } from "./use-format.ts";
import { useTexts } from "../../texts/use-texts.ts";

export interface Series {
  readonly key: string;
  readonly name: string;
  readonly color: string;
}

/** Something that changed on a day, such as a new access token. */
export interface TrendMark {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly label: string;
}

export interface TrendProps {
  /** Names the figure for those who do not see it. */
  readonly title: string;
  readonly kind: "stacked" | "line";
  readonly series: readonly Series[];
  readonly points: readonly { readonly day: string; readonly values: readonly (number | null)[] }[];
  /** A line to compare with. */
  readonly goal?: { readonly value: number; readonly name: string };
  /** The axis ends here, whatever the data. */
  readonly top?: number;
  /** The least and the greatest value at which the axis may end; by the data between them. */
  readonly domain?: { readonly atLeast?: number; readonly atMost?: number };
  /** Drawn as numbered lines and listed below; a mark of a day that is not among the points is left out. */
  readonly marks?: readonly TrendMark[];
  readonly show: (value: number) => string;
}

/** What the parts of a chart write: days, and values that may not be known. */
export interface TrendTexts {
  readonly day: (day: string) => string;
  readonly showOrUnknown: (value: number | null) => string;
}

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
