/** The style sheet of the HTML report: light and dark, wide and narrow, screen and A4. No color carries a meaning alone. */

/** Contrast of every pair of ink and paper is at least 4.5 to 1 (WCAG 2.2, AA). */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --sheet: #f6f7f9; --line: #d4d9e0; --ink: #1b2430; --soft: #55606e; --accent: #1a5fb4;
  --good: #17663a; --good-paper: #e7f5ec; --bad: #a3232b; --bad-paper: #fdecec; --warn: #7a5200; --warn-paper: #fdf3dd;
  --bar: #3b74bd; --bar-soft: #b9d0ee; --weekend: #e9ecf1;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #12171e; --sheet: #1a212b; --line: #36404d; --ink: #e8edf3; --soft: #a6b1bf; --accent: #86b7f5;
    --good: #7fd7a2; --good-paper: #143323; --bad: #ff9c9c; --bad-paper: #431c20; --warn: #f0c36a; --warn-paper: #3b2d10;
    --bar: #6ba3e8; --bar-soft: #2c4a70; --weekend: #222b37;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 "Segoe UI", -apple-system, BlinkMacSystemFont, "Helvetica Neue", Arial, "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
.page { max-width: 1040px; margin: 0 auto; padding: 0 24px 48px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px 12px; z-index: 1; }
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
h1 { font-size: 2.1rem; line-height: 1.2; margin: 6px 0 0; letter-spacing: -0.01em; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 48px 0 14px; padding-bottom: 6px; border-bottom: 2px solid var(--line); }
h3 { font-size: 1.08rem; margin: 30px 0 6px; }
p { margin: 8px 0; }
code { font: 0.875em/1.45 ui-monospace, "Cascadia Mono", Consolas, "Liberation Mono", monospace; background: var(--sheet); border: 1px solid var(--line); border-radius: 4px; padding: 0 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
.cover { border-top: 8px solid var(--tone); background: var(--tone-paper); margin: 0 0 8px; padding: 28px 32px 26px; border-radius: 0 0 12px 12px; }
.passed { --tone: var(--good); --tone-paper: var(--good-paper); }
.blocked, .error { --tone: var(--bad); --tone-paper: var(--bad-paper); }
.kicker { margin: 0; color: var(--ink); font-size: 0.95rem; }
.cover h1 { color: var(--tone); }
.cover h1::first-letter { text-transform: uppercase; }
.next { font-size: 1.12rem; margin: 14px 0 0; max-width: 46em; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); gap: 14px 28px; margin: 22px 0 0; padding-top: 18px; border-top: 1px solid var(--line); }
.facts div { min-width: 0; }
.facts .wide { grid-column: 1 / -1; }
.facts .wide dd { font-size: 1.12rem; }
dt { font-weight: 600; font-size: 0.85rem; color: var(--soft); }
.cover dt { color: var(--ink); }
dd { margin: 0; }
.banner { border-left: 5px solid var(--warn); background: var(--warn-paper); padding: 10px 14px; border-radius: 0 6px 6px 0; margin: 12px 0; }
.alarm { border-color: var(--bad); background: var(--bad-paper); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 16px; }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 14px 18px; }
.card h3 { margin: 0; font-size: 0.98rem; font-weight: 600; }
.card .answer { font-size: 1.5rem; font-weight: 700; margin: 2px 0; }
.scroll { position: relative; overflow-x: auto; margin: 10px 0 16px; }
table { border-collapse: collapse; width: 100%; font-size: 0.94rem; }
caption { text-align: left; color: var(--soft); padding: 0 0 6px; font-size: 0.88rem; }
.changes caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.changes { margin-bottom: 6px; }
th, td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--line); font-size: 0.85rem; color: var(--soft); }
tbody th { font-weight: 600; }
.changes { table-layout: fixed; }
.changes th { width: 40%; }
.changes td { width: 30%; }
.changes th:not(:first-child) { width: 30%; }
.place { display: block; font-weight: 400; margin-top: 2px; }
.detail { display: block; font-weight: 400; color: var(--soft); }
.state { font-weight: 600; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.count { color: var(--soft); font-weight: 400; }
.reason { max-width: 60em; }
.steps { list-style: none; margin: 0; padding: 0; }
.steps li { display: grid; grid-template-columns: 9em 1fr; gap: 0 12px; padding: 10px 0; border-bottom: 1px solid var(--line); }
.steps p { margin: 2px 0; }
.steps .title { font-weight: 600; }
.labels { list-style: none; margin: 0; padding: 0; }
.labels li { padding: 8px 0; border-bottom: 1px solid var(--line); }
.labels p { margin: 2px 0; }
summary { cursor: pointer; }
.soft { color: var(--soft); }
.problems { padding-left: 20px; }
.problems li { margin: 6px 0; }
figure { margin: 14px 0 20px; }
figcaption { color: var(--soft); font-size: 0.88rem; margin-top: 6px; }
.picture { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); padding: 10px 12px; }
.picture svg { display: block; width: 100%; height: auto; }
svg text { font: 12px "Segoe UI", -apple-system, BlinkMacSystemFont, "Helvetica Neue", Arial, "Liberation Sans", sans-serif; fill: var(--ink); }
svg .faint { fill: var(--soft); }
svg .strong { font-weight: 600; }
svg .weekend { fill: var(--weekend); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .bar { fill: var(--bar); }
svg .bar-before { fill: var(--bar-soft); stroke: var(--bar); stroke-width: 1.5; }
svg .bar-maybe { fill: url(#hatch); stroke: var(--bar); stroke-width: 1.5; }
svg .bar-open { fill: none; stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 5 4; }
svg .hatch { stroke: var(--bar); stroke-width: 2; }
svg .window { fill: var(--good-paper); stroke: var(--good); stroke-width: 2; }
svg .window-text { fill: var(--good); font-weight: 600; }
svg .now { stroke: var(--accent); stroke-width: 2; }
svg .mark-add { fill: var(--good); stroke: var(--good); stroke-width: 2; }
svg .mark-add-optional { fill: var(--paper); stroke: var(--good); stroke-width: 2; }
svg .mark-remove { fill: var(--paper); stroke: var(--bad); stroke-width: 2; }
svg .mark-change { fill: var(--warn-paper); stroke: var(--warn); stroke-width: 2; }
svg .on-solid { fill: var(--paper); font-weight: 700; }
svg .in-good { fill: var(--good); font-weight: 700; }
svg .in-bad { fill: var(--bad); font-weight: 700; }
svg .in-warn { fill: var(--warn); font-weight: 700; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 20px; list-style: none; padding: 0; margin: 8px 0 0; font-size: 0.88rem; }
.legend li { display: flex; align-items: center; gap: 6px; }
.legend svg { width: 22px; height: 22px; flex: none; }
.citations { display: grid; grid-template-columns: max-content 1fr; gap: 8px 16px; }
.citations dt { color: var(--ink); line-height: 1.8; }
footer { margin-top: 40px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.85rem; }
@media (max-width: 640px) {
  .page { padding: 0 16px 32px; }
  .cover { margin: 0 -16px 8px; padding: 22px 16px; border-radius: 0; }
  h1 { font-size: 1.6rem; }
  .steps li { grid-template-columns: 1fr; }
  .picture svg { min-width: 640px; }
  .picture svg.narrow { min-width: 420px; }
  .scroll table { min-width: 360px; }
}
@page { size: A4; margin: 15mm 14mm; }
@media print {
  body { font-size: 9.5pt; line-height: 1.35; }
  h2 { margin: 14px 0 6px; }
  h3 { margin-top: 8px; }
  p, figure { margin: 4px 0; }
  th, td { padding-top: 4px; padding-bottom: 4px; }
  .steps li, .labels li { padding: 2px 0; }
  .cover { padding: 14px 18px; }
  .page { max-width: none; padding: 0; }
  .skip { display: none; }
  .cover, .card, .banner, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .scroll, .picture { overflow: visible; }
  h2, h3 { break-after: avoid; }
  figure, .card, .steps li, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  a { color: inherit; }
  .steps details::details-content { content-visibility: visible; }
}
`;
