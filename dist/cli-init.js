import"./cli-rolldown-runtime.js";import{t as e}from"./cli-commands.js";import{h as t}from"./cli-schema-problems.js";import{a as n,f as r,l as i,n as a,o,r as s,s as c,t as l}from"./cli-gather.js";import{n as u}from"./cli-errors.js";import{n as d}from"./cli-messages.js";import{c as f}from"./cli-escape.js";import{r as p,t as m}from"./cli-choose-policy.js";import{t as h}from"./cli-command.js";import{t as g}from"./cli-workflow-traps.js";import{lstat as _,mkdir as v,readFile as y,stat as b,writeFile as x}from"node:fs/promises";import{dirname as S,join as C,resolve as w}from"node:path";const T=/\.(?:md|markdown|txt|rst|adoc|html?)$/i,E=/* @__PURE__ */ new Set([`governance`,`referenced-file`,`maven-pom`]);async function D(e,t){let r=(await O(e)).filter(e=>!e.startsWith(`.github/`)&&!/(?:^|\/)node_modules\//.test(e)),i={gateFiles:{policy:m,workflow:null,action:null},plainDocuments:t.documents},o=r.filter(e=>a.some(t=>!E.has(t.id)&&t.claims(e,i))),s=(await k(e,o,t)).filter(({format:e})=>!E.has(e)),l=s.filter(({path:e})=>n(t,e)),u=new Set(o),d=r.filter(e=>!u.has(e)&&!n(t,e)&&!T.test(e)),f=c(e),p=[];for(let e of d)await M(f,e)&&p.push(e);return{watched:l.map(({path:e,format:t})=>({path:e,format:t})),unwatched:s.flatMap(({path:e})=>n(t,e)||e.length>200?[]:[e]),naming:p.filter(e=>e.length<=200)}}async function O(e){let t=await i(e,[`ls-files`,`-z`,`--cached`,`--others`,`--exclude-standard`]).catch(()=>null);if(t===null||!t.ok)return o(e);let n=t.stdout.toString(`utf8`).split(`\0`);return[...new Set(n.filter(e=>e!==``))].sort()}async function k(e,t,n){let{files:i}=await l({changedFiles:t.map(e=>({path:e,status:`added`})),revisions:r(A,c(e)),policy:{...n,watch:[`**`],ignore:[]},gateFiles:{policy:m,workflow:null,action:null}});return i}const A={files:async e=>new Map(e.map(e=>[e,null])),folders:async e=>new Map(e.map(e=>[e,[]])),paths:async()=>[]},j=/(?<![a-z0-9.-])[a-z0-9.-]*(?:healthvault|microsofthealth)[a-z0-9.-]*/gi;async function M(e,t){let n=(await e.files([t])).get(t)?.bytes;return n===void 0||n.length>262144||n.includes(0)?!1:(new TextDecoder().decode(n).match(j)??[]).some(e=>s(e)!==null)}const N=`.github/workflows/healthvault-go-live.yml`;function P(e){let t=/@[0-9a-f]{40}$/i.test(e);return`# The HealthVault go-live gate. It reads pull requests through GitHub's API: no checkout, no code of theirs is run.
# Require its status "HealthVault go-live" in the rules of the branch, not the job below.
name: HealthVault go-live gate
on:
  # The default branch's version of this file runs, for forks too. No paths filter: without a status nothing merges.
  pull_request_target: # zizmor: ignore[dangerous-triggers] nothing of the pull request is checked out or run
    types: [${g.join(`, `)}]
  merge_group:
  # Ticks in the gate's comment.
  issue_comment:
    types: [edited]
  # Dates move and roles change: all open pull requests are judged anew once a day.
  schedule:
    - cron: '17 5 * * *'
  workflow_dispatch:
    inputs:
      pull-request:
        description: Numbers separated by commas or blanks, or the word open
        default: open
permissions: {}
concurrency:
  group: healthvault-go-live-\${{ github.event.pull_request.number || github.event.issue.number || github.run_id }}
  cancel-in-progress: false
jobs:
  evaluate:
    name: Evaluate the go-live change
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read # the policy and the changed files
      pull-requests: write # the comment, and labels that no longer count
      statuses: write # the verdict
    steps:
${t?``:`      # Pin it: write the full commit SHA of the version here, so that a moved tag cannot change your gate.
`}      - uses: ${e}
        with:
          pull-request: \${{ inputs.pull-request }}
`}function F(e){return`# The team's policy of the HealthVault go-live gate. What is not said here is as in the built-in policy.
# \`go-live-gate policy check\` reads it and names every mistake with line and column.
extends: healthvault

${I(e)}
# Never looked at; wins over watch.
# ignore:
#   - "**/testdata/**"

# Pages and code of sign-up and consent: a change there answers "is the workflow changing?" with yes.
# workflow:
#   - "src/signup/**"

# Access that users must consent to again counts as a change of the sign-up workflow (two weeks).
# \`configuration\` reads the guide by its letter (two to three business days).
# consent-widening: signup-workflow

# Labels by category, and who may put them on. Any of role, users and teams is enough.
# labels:
#   configuration: golive/config-ok
# approvers:
#   default: { role: write, not-author: true }
#   golive/config-ok: { role: maintain, users: [octocat], teams: [acme/go-live] }

# lead-times:
#   configuration: { min: 3, max: 5, unit: business-days }
# holidays: { calendar: us-federal, add: ["2026-11-27"] }
# required-steps: enforced

# The emergency way through. It never clears a secret.
# break-glass:
#   label: go-live/emergency
#   approvers: { role: admin }
#   expires-after-hours: 24
`}function I({unwatched:e,naming:t}){let n=e=>e.map(e=>`  - ${JSON.stringify(L(e))}\n`);return e.length+t.length===0?`# Added to the built-in globs.
# watch:
#   - "apps/*/healthvault/**"
`:`# Added to the built-in globs.\nwatch:\n${e.length===0?``:`  # HealthVault configuration in unusual places.\n${n(e).join(``)}`}${t.length===0?``:`  # These name a HealthVault server, but no reader understands them: a person decides on each change.\n${n(t).join(``)}`}`}function L(e){return e.replace(/^!|[*?{}\\(]/g,`?`)}const R={name:`init`,operands:``,summary:`writes the workflow and a commented policy into a repository`,options:[{name:`repo`,value:`<folder>`,text:`the repository; default: the current folder`},{name:`action`,value:`<owner/name@ref>`,text:`the action; default: healthvault-go-live-gate/healthvault-go-live-gate@v1`},{name:`dry-run`,text:`prints what would be written`},{name:`force`,text:`overwrites what is there`}],async run(n,r){let i=h(n,`action`)??`healthvault-go-live-gate/healthvault-go-live-gate@v1`;if(!/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[\w.][\w./-]*$/.test(i))throw new u(`init-bad-action`,d(e[`init-bad-action`],{found:i}));let a=await z(w(h(n,`repo`)??`.`)),o=p(await t()).get(`healthvault`);if(o===void 0)throw Error(`the built-in policy is missing`);let s=await D(a,o);V(s,r);let c=n.values[`dry-run`]===!0?`dry-run`:n.values.force===!0?`force`:`careful`;return await B(a,N,P(i),c,r),await B(a,m,F(s),c,r),c!==`dry-run`&&H(i,r),0}};async function z(t){if(!await b(t).then(e=>e.isDirectory(),()=>!1))throw new u(`init-no-folder`,d(e[`init-no-folder`],{folder:t}));let n=await i(t,[`rev-parse`,`--show-toplevel`]).catch(()=>null),r=n?.ok===!0?n.stdout.toString(`utf8`).replace(/\r?\n$/,``):``;return r===``?t:r}async function B(e,t,n,r,{out:i}){let a=C(e,t),o=await y(a,`utf8`).catch(()=>null);o===n?i(`${t}: as it should be\n`):r===`dry-run`?i(`${t}: would be written${o===null?``:` with --force only, there is one already`}\n\n${n}\n`):await _(a).then(()=>!0,()=>!1)&&r!==`force`?i(`${t}: kept as it is (--force overwrites it)\n`):(await v(S(a),{recursive:!0}),await x(a,n,{flag:r===`force`?`w`:`wx`}),i(`${t}: ${o===null?`written`:`overwritten`}\n`))}function V({watched:e,unwatched:t,naming:n},{out:r}){let i=[...e.map(({path:e,format:t})=>`  ${f(e)} (${t})`),...t.map(e=>`  ${f(e)} (proposed as watch)`),...n.map(e=>`  ${f(e)} (names a HealthVault server, proposed as watch)`)];r(i.length===0?`No HealthVault configuration found yet.
`:`HealthVault configuration found:
`);for(let e of i.slice(0,20))r(`${e}\n`);i.length>20&&r(`  and ${i.length-20} more\n`),r(`
`)}function H(e,{out:t}){let n=[.../@[0-9a-f]{40}$/i.test(e)?[]:[`Pin the action in ${N} by its full commit SHA.`],`Read the policy, check it (go-live-gate policy check), commit both files and merge them into the default branch.`,`Create the labels: GITHUB_TOKEN=... go-live-gate labels --repo owner/name (needs issues: write).`,`Require the status "HealthVault go-live" in the rules of the branch, with GitHub Actions as its expected source.`,`See what is left open: GITHUB_TOKEN=... go-live-gate doctor --repo owner/name.`];t(`
Next:
`);for(let[e,r]of n.entries())t(`  ${e+1}. ${r}\n`)}export{R as init};