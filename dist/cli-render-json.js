import"./cli-rolldown-runtime.js";import{g as e}from"./cli-shared.js";const t=`schemaVersion verdict questions configuration workflow because reading notNeeded categories titles
  clearance leadTime min max unit words unpublished earliestGoLive from to calendar
  pushSlot wanted possible advice files examined changes steps labels problems breakGlass
  fingerprint policy evaluation citations id severity path previousPath status format
  side file line column setting kind effect access channel requirement
  previousRequirement typeId typeName permission category also rule message title text
  who required missing accepted rejected approvers label by at until reason note
  detail phase state evidence attested sources source before after location baseLocation environment`.split(/\s+/),n=new Map(t.map((e,t)=>[e,t]));function r(e,r){let i=(n.get(e)??t.length)-(n.get(r)??t.length);return i===0?e<r?-1:1:i}function i(e,t){if(Array.isArray(e))return e.map(e=>i(e,t));if(typeof e!=`object`||!e)return e;let n=Object.entries(e).filter(([,e])=>e!==void 0);return t!==null&&n.sort(([e],[n])=>t(e,n)),Object.fromEntries(n.map(([e,n])=>[e,i(n,t)]))}function a(t){return`${e(JSON.stringify(i(t,r),null,2))}\n`}function o(t){return`${e(JSON.stringify(i(t,null),null,2))}\n`}export{a as n,o as t};