/** Light and dark, as the reader's system has it; nothing is loaded from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f7f8fa; --card: #ffffff; --text: #1c2330; --soft: #586174; --rule: #dfe3ea;
  --s0: #1f6feb; --s1: #c2410c; --bad: #b42318; --good: #15703a; }
@media (prefers-color-scheme: dark) { :root { --page: #10141b; --card: #181e28; --text: #e6eaf2; --soft: #a1abbd; --rule: #2c3543;
  --s0: #6cb0ff; --s1: #ff9f5a; --bad: #ff8a80; --good: #6fd693; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 88rem; padding: 1.5rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .75rem; }
p { margin: .25rem 0; color: var(--soft); max-width: 70rem; }
.cards { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); margin: 1.25rem 0 0; }
.cards div, figure, table { background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; }
.cards div { padding: .75rem 1rem; }
.cards dt { color: var(--soft); font-size: .85rem; }
.cards dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.bad { color: var(--bad); }
.good { color: var(--good); }
.plots { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 32rem), 1fr)); }
figure { margin: 0; padding: .75rem 1rem; }
figcaption, caption { font-weight: 600; text-align: left; padding-bottom: .5rem; }
caption { padding: .75rem .75rem .25rem; }
svg { display: block; width: 100%; height: auto; }
.grid { stroke: var(--rule); }
.tick, .axis { fill: var(--soft); font-size: 12px; }
.limit { stroke: var(--bad); stroke-dasharray: 5 4; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.line.s0 { stroke: var(--s0); } .line.s1 { stroke: var(--s1); }
.dot.s0 { fill: var(--s0); } .dot.s1 { fill: var(--s1); }
.legend { display: flex; gap: 1.25rem; list-style: none; margin: .25rem 0 0; padding: 0; color: var(--soft); font-size: .85rem; }
.legend li::before { content: ""; display: inline-block; width: .9rem; height: .2rem; margin-right: .4rem; vertical-align: middle; }
.legend .s0::before { background: var(--s0); } .legend .s1::before { background: var(--s1); }
.scroll { overflow-x: auto; }
.scroll + .scroll { margin-top: 1rem; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .75rem; text-align: left; border-top: 1px solid var(--rule); white-space: nowrap; }
thead th { border-top: 0; color: var(--soft); font-weight: 500; }
tbody th { font-weight: 600; }
ol { padding-left: 1.4rem; max-width: 70rem; }
li { margin: .35rem 0; }
footer { margin-top: 2rem; color: var(--soft); font-size: .85rem; }
`;
