import { useTexts } from "../../texts/use-texts.ts";

/** A figure's numbers as a table, folded away below it: readable without a pointer, without colours, without JavaScript. */
export function FigureTable({
  caption,
  head,
  rows,
}: {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}) {
  const { t } = useTexts();
  return (
    <details className="tandem-figure-table">
      <summary>{t("overview.showTable")}</summary>
      <div className="tandem-scroll" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption className="tandem-hidden">{caption}</caption>
          <thead>
            <tr>
              {head.map((each) => (
                <th key={each} scope="col">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row[0]}>
                {row.map((cell, index) =>
                  index === 0 ? (
                    <th key={head[index]} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={head[index]}>{cell}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
