import"./cli-rolldown-runtime.js";import{t as e}from"./cli-setting-titles.js";import{A as t,B as n,C as r,D as i,F as a,I as o,L as s,M as c,N as l,O as u,P as d,R as f,S as p,T as m,V as ee,a as te,c as ne,d as h,g,h as re,i as ie,j as _,k as v,l as ae,m as oe,n as se,o as y,p as b,r as x,s as ce,u as le,w as ue,y as de,z as fe}from"./cli-output.js";import{b as S,h as C,y as pe}from"./cli-shared.js";import{c as me}from"./cli-markdown.js";({...me});function he(e,t){let n=e=>Number(/^R(\d{1,4})$/.exec(e)?.[1]??1/0),r=n(e)-n(t);return Number.isNaN(r)||r===0?e<t?-1:+(e>t):r}var w=class{markup;constructor(e){this.markup=e}};function T(e,...t){return new w(e.map((e,n)=>e+O(t[n]??null)).join(``))}function E(e){return new w(e.map(O).join(`
`))}function D(e,t){return new w(e.map(O).join(C(t)))}function O(e){return e instanceof w?e.markup:typeof e==`string`?C(e):typeof e==`number`?String(e):e===null?``:e.map(O).join(``)}const k=[`added-required`,`added-optional`,`removed`,`now-required`,`now-optional`,`modified`],A=[`Read`,`Create`,`Update`,`Delete`],j=[`online`,`offline`];function M(e){let t=/* @__PURE__ */ new Map;for(let n of e.changes){if(n.access===void 0)continue;let e=JSON.stringify([n.file,n.part??null]),r=t.get(e);r===void 0?t.set(e,[n]):r.push(n)}return{pictures:[...t.values()].slice(0,6).map((e,t)=>F(e,t)),hidden:Math.max(0,t.size-6)}}function N(e,t){return e===`removed`?`removed`:e===`added`?t.requirement===`required`?`added-required`:`added-optional`:t.previousRequirement===void 0||t.previousRequirement===t.requirement?`modified`:t.requirement===`required`?`now-required`:`now-optional`}function P(e,t,n){let r=(e,r,i=5)=>T`<text class="${e}" x="${t}" y="${n+i}" text-anchor="middle">${r}</text>`;switch(e){case`added-required`:return T`<circle class="mark-add" cx="${t}" cy="${n}" r="10"/>${r(`on-solid`,`+`,4)}`;case`added-optional`:return T`<circle class="mark-add-optional" cx="${t}" cy="${n}" r="10"/>${r(`in-good`,`+`,4)}`;case`removed`:return T`<rect class="mark-remove" x="${t-9}" y="${n-9}" width="18" height="18"/>${r(`in-bad`,`−`,4)}`;case`now-required`:return T`<path class="mark-change" d="M${t} ${n-11}l11 20h-22z"/>${r(`in-warn`,`!`,6)}`;case`now-optional`:return T`<path class="mark-change" d="M${t} ${n+11}l11 -20h-22z"/>${r(`in-warn`,`?`,2)}`;case`modified`:return T`<path class="mark-change" d="M${t} ${n-12}l12 12l-12 12l-12 -12z"/>${r(`in-warn`,`~`,4)}`}}function F(e,t){let n=j.filter(t=>e.some(e=>e.access?.channel===t)),r=/* @__PURE__ */ new Map;for(let t of e){let e=t.access,n=e.typeId===`*`?_(`all-data`):e.typeName??e.typeId,i=r.get(e.typeId)??{name:n,cells:/* @__PURE__ */ new Map},a=`${e.channel}:${e.permission}`,o=N(t.kind,e),s=i.cells.get(a);(s===void 0||k.indexOf(o)<k.indexOf(s))&&i.cells.set(a,o),r.set(e.typeId,i)}let i=[...r.values()].slice(0,40),a=270+n.length*A.length*62+12,o=56+i.length*32+6,s=e[0],c=n.map(t=>I(e,t)).join(` `),l=[R(n,a,o),...i.map((e,t)=>ge(e,t,n,a))],u=n.length===1?T` class="narrow"`:null,d=`access-${t+1}`;return{file:s.file,part:s.part??null,svg:T`<svg role="img"${u} viewBox="0 0 ${a} ${o}" style="max-width:${a}px" aria-labelledby="${d}-title ${d}-text"><title id="${d}-title">${_(`html-access`)}</title><desc id="${d}-text">${c}</desc>${l}</svg>`,alternative:c,hidden:r.size-i.length,marks:k.filter(e=>i.some(t=>[...t.cells.values()].includes(e)))}}function I(e,t){let n=e.filter(e=>e.access?.channel===t),r=e=>n.filter(t=>t.kind===e).length;return _(`html-access-alt`,{channel:_(`channel.${t}`),added:r(`added`),removed:r(`removed`),modified:r(`modified`),types:v(new Set(n.map(e=>e.access?.typeId)).size,`type`)})}function L(e,t){return 270+(e*A.length+t)*62+31}function R(e,t,n){let r=e.flatMap((e,t)=>{let r=270+t*A.length*62;return[T`<line class="grid" x1="${r}" y1="4" x2="${r}" y2="${n-6}"/>`,T`<text class="strong" x="${r+A.length*62/2}" y="18" text-anchor="middle">${_(`channel.${e}`)}</text>`,...A.map((e,n)=>T`<text class="faint" x="${L(t,n)}" y="42" text-anchor="middle">${e}</text>`)]});return T`<text class="faint" x="4" y="42">${_(`data-type`)}</text>${r}<line class="grid" x1="0" y1="${52}" x2="${t}" y2="${52}"/>`}function ge(e,t,n,r){let i=56+t*32+16-4,a=[...e.name].length>40?`${[...e.name].slice(0,39).join(``)}…`:e.name,o=n.flatMap((t,n)=>A.flatMap((r,a)=>{let o=e.cells.get(`${t}:${r}`);return o===void 0?[]:[P(o,L(n,a),i)]}));return T`<text x="4" y="${i+5}">${a}</text>${o}<line class="grid" x1="0" y1="${i+16}" x2="${r}" y2="${i+16}"/>`}const z={"request-review":`request`,"send-certificate":`request`,"send-walkthrough":`request`,"coordinate-push":`request`,"complete-go-live":`wait`,"sign-addendum":`open`,"contact-developer-support":`open`,"update-directory-entry":`open`,"retire-certificate":`open`,"check-directory-entry":`open`};function B({id:e,phase:t}){return(Object.hasOwn(z,e)?z[e]:void 0)??(t===void 0||t===`before-review`?`before`:`wait`)}function _e(e){let t=d(a(e.evaluation.at,e)??``),n=d(e.earliestGoLive?.from??``),r=d(e.earliestGoLive?.to??``);if(t===null||n===null||r===null||n<t||r<n)return null;let i=oe(e).slice(0,24),o=new ye(l(t,r),n,r,i.length),s=ve(i,t,n,r),c=i.map((e,t)=>o.drawStep(e,t));return{svg:T`<svg role="img" viewBox="0 0 ${o.width} ${o.height}" aria-labelledby="timeline-title timeline-text"><title id="timeline-title">${_(`html-timeline`)}</title><desc id="timeline-text">${s}</desc><defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="8"/></pattern></defs>${o.drawDays()}${c}${o.drawGoLive()}</svg>`,alternative:s}}function ve(e,n,r,i){let a=e=>o(new Date(e).toISOString().slice(0,10)),s=n=>{let r=e.filter(e=>B(e)===n).map(e=>S(e.title,120));return r.length===0?_(`none-word`):t(r)};return _(`html-timeline-alt`,{request:a(n),window:_(r===i?`html-window-day`:`html-window`,{from:a(r),to:a(i)}),before:s(`before`),atRequest:s(`request`),waiting:s(`wait`),open:s(`open`)})}var ye=class{width;height;#e;#t;#n;#r;#i;constructor(e,t,n,r){this.#e=e,this.#t=t,this.#n=n,this.#r=r,this.#i=e.length>16?Math.max(14,Math.floor(608/e.length)):Math.min(72,Math.max(38,Math.floor(456/e.length))),this.width=300+e.length*this.#i+12,this.height=48+(r+1)*30+10}#a(e){return 300+this.#e.indexOf(e)*this.#i}drawDays(){let e=this.height-6,t=this.#i<34;return T`${this.#e.map((n,r)=>{let i=this.#a(n),a=c(n)?null:T`<rect class="weekend" x="${i}" y="${44}" width="${this.#i}" height="${e-48+4}"/>`,[o=``,s=``,l=``]=f(n).split(` `),u=r===0||s===`1`,d=i+this.#i/2,p=u?T`<text class="faint" x="${i+4}" y="12">${l}</text>`:null,m=t&&!u&&new Date(n).getUTCDay()!==1?``:s;return T`${a}${p}<text class="faint" x="${d}" y="27" text-anchor="middle">${t?o.slice(0,1):o}</text><text x="${d}" y="41" text-anchor="middle">${m}</text>`})}${Array.from({length:this.#r+2},(e,t)=>{let n=48+t*30;return T`<line class="grid" x1="0" y1="${n}" x2="${this.width}" y2="${n}"/>`})}<text class="faint" x="${268}" y="41" text-anchor="middle">${_(`timeline-before`)}</text><line class="now" x1="${300}" y1="${44}" x2="${300}" y2="${e}"/>`}#o(e,t,n=!1){let r=48+t*30+20;return T`<text${n?T` class="strong"`:null} x="4" y="${r}">${e.length>36?`${[...e].slice(0,35).join(``)}…`:e}</text>`}#s(e,t,n,r){return T`<rect class="${e}" x="${t}" y="${48+r*30+7}" width="${Math.max(4,n-t)}" height="16" rx="4"/>`}drawStep(e,t){let n=e.state===`done`?`✓ `:``,r=this.#o(`${n}${e.title}`,t),i=B(e);return i===`before`?[r,this.#s(`bar-before`,242,294,t)]:i===`request`?T`${r}<path class="bar" d="M${300} ${48+t*30+15-9}l9 9l-9 9l-9 -9z"/>`:i===`open`?[r,this.#s(`bar-open`,242,this.width-12,t)]:[r,this.#s(`bar`,302,this.#a(this.#t),t),this.#t===this.#n?null:this.#s(`bar-maybe`,this.#a(this.#t),this.#a(this.#n)+this.#i-2,t)]}drawGoLive(){let e=this.#a(this.#t)+1,t=this.#a(this.#n)+this.#i-1,n=this.#t===this.#n?f(this.#t):`${f(this.#t)} – ${f(this.#n)}`,r=48+this.#r*30+20;return T`${this.#o(_(`earliest`),this.#r,!0)}${this.#s(`window`,e,t,this.#r)}<text class="window-text" x="${e-8}" y="${r}" text-anchor="end">${n}</text>`}};const V=2e3,H=2e3;function be(e){let t=_(`html-title`,{verdict:r(x(e))}),n=de(e),i=[Ee(e),Me(n,e),Ae(e),Te(e),De(e),ke(e),we(n,e),Se(e),Le(e)];return T`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${t}</title>
<style>${new w(`
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
`)}</style>
</head>
<body>
<a class="skip" href="#changes">${_(`html-skip`)}</a>
<div class="page">
${xe(e)}
<main>
${E(i.filter(e=>e!==null))}
</main>
<footer>${Re(e)}</footer>
</div>
</body>
</html>
`.markup}function U(e){return e.map(e=>`words`in e?e.words:`text`in e?S(e.text,V):W(e.value,300))}function W(e,t=V){return e===``?_(`value-empty`):T`<code>${S(e,t)}</code>`}function G(e,t){let n=pe(e);return n===null?t:T`<a href="${n}">${t}</a>`}function K(e,t,n){return T`<section id="${e}" aria-labelledby="${e}-h">\n<h2 id="${e}-h">${_(t)}</h2>\n${n}\n</section>`}function q(e,t,n,r=``){let i=n.map(([e=null,...t])=>T`<tr><th scope="row">${e}</th>${t.map(e=>T`<td>${e}</td>`)}</tr>`),a=t.map(e=>T`<th scope="col">${e}</th>`);return T`<div class="scroll" role="region" tabindex="0" aria-label="${e}"><table${r===``?null:T` class="${r}"`}><caption>${e}</caption><thead><tr>${a}</tr></thead><tbody>${E(i)}</tbody></table></div>`}function xe(e){let{evaluation:t,policy:n,fingerprint:r,breakGlass:i}=e,a=e=>e===null?_(`working-tree`):W(e.slice(0,12)),o=n.source===`built-in`?_(`foot-policy-built-in`):W(n.source,300),c=[...ae(e).map(({title:t,text:n,sources:r})=>[t,[U(n),Z(r,e)]]),[`html-evaluated`,s(t.at,e)],[`html-commits`,[a(t.base),` → `,a(t.head)]],[`html-change`,W(r.slice(0,16))],[`html-policy`,o]];return T`<header class="cover ${e.verdict}">
<p class="kicker">${re(e)} · ${e.words?.title??_(`html-subtitle`)}</p>
<h1>${U(x(e))}</h1>
<p class="next"><strong>${_(`next`)}:</strong> ${U(se(e))}</p>
<dl class="facts">${c.map(([e,t])=>T`<div${e===`earliest`?T` class="wide"`:null}><dt>${_(e)}</dt><dd>${t}</dd></div>`)}</dl>
</header>
${i===void 0?null:Ce(i,e)}${t.mode===`report`?T`<p class="banner">${_(`report-mode`)}</p>`:null}`}function Se(e){let t=m(e);if(t.length===0)return null;let n=t.flatMap(({title:e,files:t})=>t.map(t=>[W(t.path,300),_(e),S(ue(t),V)])),r=q(_(`examined`),[_(`examined-file`),_(`state`),_(`examined-why`)],n);return K(`examined`,`examined`,T`<details><summary>${i(e)}</summary>${r}</details>`)}function Ce({by:e,label:t,at:n,until:r,reason:i},a){let o=p(`break-glass-text`,{by:[{value:e}],label:[{value:t}],at:s(n,a),until:s(r,a),reason:i});return T`<p class="banner alarm"><strong>${_(`break-glass`)}:</strong> ${U(o)}</p>\n`}function J(e,t){let n=e.map(e=>Object.hasOwn(t.citations,e)?T`<a href="#source-${Q(e)}">${e}</a>`:e);return n.length===0?null:[` (`,D(n,`, `),`)`]}function Y(e,t){return n(S(e,V),t).map(e=>`words`in e?X(e.words):[`(`,D(e.ids.map(e=>e===`advice`?e:T`<a href="#source-${Q(e)}">${e}</a>`),`, `),`)`])}function X(e){return e.split(/(`[^`]+`)/).map(e=>/^`.+`$/s.test(e)?W(e.slice(1,-1)):e)}function Z(e,t){let n=e.find(e=>Object.hasOwn(t.citations,e));return n===void 0?null:[` (`,T`<a href="#source-${Q(n)}">${_(`why`)}</a>`,`)`]}function Q(e){return e.toLowerCase().replace(/[^a-z0-9]+/g,`-`)}function we(e,t){let n=ne(t).map(({asked:e,answer:n,because:r})=>T`<div class="card"><h3>${e}</h3><p class="answer">${_(`answer.${n}`)}</p><p>${Y(r,t)}</p></div>`),r=y(t),i=e.flatMap(({rules:e})=>e.flatMap(({note:e})=>e??[])),a=te(t),o=ie(t),s=(e,t)=>T`<p><strong>${_(e)}:</strong> ${t}</p>`;return K(`questions`,`questions`,E([T`<div class="cards">${n}</div>`,r===null?null:T`<p><strong>${U(r.title)}</strong> ${Y(r.text,t)}</p>`,i.length===0?null:T`<h3>${_(`notes`)}</h3><ul>${i.map(e=>T`<li>${Y(e,t)}</li>`)}</ul>`,a===null?null:s(`not-needed`,Y(a,t)),o===null?null:s(`calendar-title`,U(o))].filter(e=>e!==null)))}function Te(e){let t=le(e);if(t.length===0)return null;let n=t.map(({label:e,state:t,why:n})=>{let r=t===`accepted`,i=T`<span class="state ${r?`good`:`bad`}">${r?`✓`:`✗`} ${_(`label-${t}`)}</span>`;return T`<li><p>${W(e,300)} ${i}</p>${n.map(e=>T`<p>${U(e)}</p>`)}</li>`}),r=h(e).map(e=>T`<p>${U(e)}</p>`);return K(`labels`,`labels`,T`<ul class="labels">${E(n)}</ul>${r}`)}function Ee(e){return e.problems.length===0?null:K(`problems`,`problems`,T`<ul class="problems">${e.problems.slice(0,H).map(t=>{let n=t.file===void 0?null:[W(g(t),300),`: `],r=t.severity===`advice`?`warn`:`bad`,i=t.source===void 0?null:J([t.source],e);return T`<li><strong class="${r}">${_(`severity.${t.severity}`)}</strong> ${n}${X(S(t.message,V))}${i}</li>`})}</ul>`)}function De(e){let t=ce(e),n=e.steps.filter(e=>e.state===`not-applicable`),r=t=>T`<ul class="steps">${E(t.map(t=>Oe(t,e)))}</ul>`,i=t.map(({title:e,steps:t,merge:n})=>{let i=n===null?null:T`<p>${U(n)}</p>`;return T`<h3>${_(e)}</h3>${t.length===0?null:r(t)}${i}`});return n.length>0&&i.push(T`<h3>${_(`steps-not-applicable`)}</h3>${r(n)}`),i.length===0?null:K(`steps`,`steps`,E(i))}const $={open:[`○`,`warn`],done:[`✓`,`good`],"not-applicable":[`–`,`soft`]};function Oe(e,t){let[n,r]=$[e.state],i=e.required?null:`${_(`step-optional`)}: `,a=e.who===``?null:T` <span class="soft">${U(p(`step-who`,{who:S(e.who,300)}))}</span>`,o=[T`<details><summary>${T`<span class="title">${i}${S(e.title,300)}</span>${a}`}</summary>${T`<p>${Y(e.text,t)}${J(fe(e.text,e.sources,t),t)}</p>`}</details>`];for(let n of b(e,t))o.push(T`<p>${U(n)}</p>`);let s=[];if(e.contact!==void 0){let t=e.contact.mail===void 0?null:`mailto:${e.contact.mail}`;s.push(G(e.request?.mailto??t,S(e.contact.name,300)))}return e.document!==void 0&&s.push(G(e.document.url,S(e.document.title,300))),s.length>0&&o.push(T`<p class="soft">${D(s,` · `)}</p>`),T`<li><span class="state ${r}">${n} ${_(`step-${e.state}`)}</span><div>${o}</div></li>`}function ke(e){let t=_e(e);return t===null?null:K(`timeline`,`html-timeline`,T`<figure><div class="picture" role="region" tabindex="0" aria-label="${_(`html-timeline`)}">${t.svg}</div><figcaption>${_(`html-timeline-caption`)}</figcaption></figure>`)}function Ae(e){let{pictures:t,hidden:n}=M(e);if(t.length===0)return null;let r=t.map((e,t)=>je(e,t)),i=n===0?null:T`<p>${_(`html-access-rest`,{rest:v(n,`file`)})}</p>`;return K(`access`,`html-access`,T`<p>${_(`html-access-caption`)}</p>${E(r)}${i}`)}function je(e,t){let n=e.part===null?null:`, ${_(`part`,{part:S(e.part,300)})}`,r=e.hidden===0?null:` ${_(`html-access-rest`,{rest:v(e.hidden,`type`)})}`,i=e.marks.map(e=>T`<li><svg viewBox="0 0 26 26" aria-hidden="true">${P(e,13,13)}</svg>${_(`legend-${e}`)}</li>`);return T`<figure><h3>${W(e.file,300)}${n}</h3><div class="picture" role="region" tabindex="0" aria-label="${_(`html-access`)} ${t+1}">${e.svg}</div><ul class="legend">${i}</ul><figcaption>${e.alternative}${r}</figcaption></figure>`}function Me(e,t){let n=e.map(e=>T`<h3>${S(e.title,300)} <span class="count">${v(e.count,`change`)}</span></h3>${E(e.rules.map(n=>Ne(n,e,t)))}`);return K(`changes`,`what-changes`,n.length===0?T`<p>${_(`html-no-changes`)}</p>`:E(n))}function Ne(e,t,n){let r=X(S(ee(e.reason,n),V)),i=e.advisory?` ${_(`advisory`)}.`:null,a=e.rows.slice(0,H).map(Pe),o=e.rows.length-a.length;o>0&&a.push([_(`rest`,{count:v(o,`change`)}),``,``]);let s=`${S(t.title,300)}, ${S(e.rule,300)}`;return T`<p class="reason">${r}${Z(e.sources,n)}${i}</p>${q(s,[_(`change`),_(`before`),_(`after`)],a,`changes`)}`}function Pe(e){let t=e.places[0],n=e.of===`access`&&e.places.length>1?`, ${Fe(e.places.length-1)}`:null,r=t===void 0?W(e.file,300):[W(g(t),300),n],i=e.detail===null?null:T`<span class="detail">${S(e.detail,V)}</span>`,a=e=>`word`in e?_(e.word):W(e.literal);return[[Ie(e),T`<span class="place">${r}</span>`,i],a(e.before),a(e.after)]}function Fe(e){return e===1?_(`place-more-one`):_(`place-more`,{count:e})}function Ie(t){let n=t.part===null?``:`, ${_(`part`,{part:S(t.part,300)})}`;if(t.of===`setting`)return`${S(e(t.setting),300)}${n}`;let r=t.types.slice(0,200).map(e=>S(e,120)),i=t.types.length-r.length;return i>0&&r.push(_(`types-rest`,{types:v(i,`type`)})),`${_(`channel.${t.channel}`)}, ${_(`requirement.${t.requirement}`)}${n}: ${r.join(`, `)}`}function Le(e){let t=q(_(`summary-files`),[_(`summary-file`),_(`summary-status`),_(`summary-format`)],e.files.slice(0,H).map(e=>{let t=e.previousPath===void 0?null:[`, `,U(p(`renamed-from`,{path:[{value:e.previousPath}]}))],n=[u(`status`,e.status)??e.status,t];return[W(e.path,300),n,W(e.format,300)]})),n=e.labels.accepted.flatMap(e=>e.fingerprint===void 0?[]:[T`<li>${U(p(`approval-for`,{label:[{value:e.label}],fingerprint:[{value:e.fingerprint.slice(0,16)}]}))}${e.status===void 0?null:[`, `,U(p(`approval-proof`,{status:[{value:e.status}]}))]}</li>`]),r=Object.entries(e.citations).toSorted(([e],[t])=>he(e,t)).map(([e,t])=>{let n=G(t.url,S(t.document,300));return T`<dt id="source-${Q(e)}">${S(e,40)}</dt><dd>${S(t.text,V)} <span class="soft">${n}</span></dd>`}),i=[...e.files.length===0?[]:[t],...n.length===0?[]:[T`<h3>${_(`summary-approvals`)}</h3><ul>${n}</ul>`],...r.length===0?[]:[T`<h3>${_(`summary-sources`)}</h3><dl class="citations">${E(r)}</dl>`]];return i.length===0?null:K(`appendix`,`html-appendix`,E(i))}function Re({fingerprint:e,policy:{name:t,digest:n}}){return`${_(`html-fingerprint`,{fingerprint:e})} ${_(`html-policy-digest`,{name:t,digest:n})}`}export{be as renderHtml};