/** The report's looks: light, on screen and on A4. Nothing is loaded; fonts are the reader's own. */
export const REPORT_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 50rem; padding: 2rem 1.25rem; background: #fff; color: #1f2124;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25; }
h2 { margin: 2.2rem 0 .6rem; font-size: 1.2rem; break-after: avoid; }
h3 { margin: 0; font-size: 1.05rem; line-height: 1.35; }
p { margin: .4rem 0; }
header { border-bottom: 2px solid #1f2124; padding-bottom: .9rem; }
.agency { margin: 0 0 .5rem; font-weight: 600; color: #4a4f55; }
.quiet { color: #575c63; }
.finding { margin: .9rem 0; padding: .9rem 1rem; border: 1px solid #d4d7db; border-left-width: 6px;
  border-radius: 6px; break-inside: avoid; }
.critical { border-left-color: #b3140e; }
.high { border-left-color: #c05a00; }
.medium { border-left-color: #94700c; }
.low { border-left-color: #6a7078; }
.tag { display: inline-block; margin-bottom: .3rem; font-size: .8rem; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; margin: .5rem 0; }
dt { color: #575c63; }
dd { margin: 0; }
ul { margin: .4rem 0; padding-left: 1.2rem; }
li { margin: .15rem 0; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .4rem; color: #575c63; }
th, td { padding: .25rem .5rem; border-bottom: 1px solid #e3e5e8; text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
thead th { border-bottom: 1px solid #1f2124; vertical-align: bottom; }
footer { margin-top: 2.5rem; border-top: 1px solid #d4d7db; padding-top: .6rem; font-size: .85rem; }
@page { size: A4; margin: 16mm 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .wide { overflow: visible; }
}
`;
