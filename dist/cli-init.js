import"./cli-rolldown-runtime.js";import{a as e,d as t,n,o as r,p as i,r as a,s as o,t as s}from"./cli-gather.js";import{i as c,n as l}from"./cli-errors.js";import{c as u}from"./cli-escape.js";import{a as d,c as f,n as p,o as m}from"./cli-local-files.js";import{t as h}from"./cli-command.js";import{t as g}from"./cli-workflow-traps.js";import{dirname as _,join as v,resolve as y}from"node:path";import{lstat as b,mkdir as x,stat as S}from"node:fs/promises";const C=/\.(?:md|markdown|txt|rst|adoc|html?)$/i,w=/* @__PURE__ */ new Set([`governance`,`referenced-file`,`maven-pom`]);async function T(t,r){let i=(await E(t)).filter(e=>!e.startsWith(`.github/`)&&!/(?:^|\/)node_modules\//.test(e)),a={gateFiles:{policy:f,workflow:null,action:null},plainDocuments:r.documents},s=i.filter(e=>n.some(t=>!w.has(t.id)&&t.matchesPath(e,a))),c=(await D(t,s,r)).filter(({format:e})=>!w.has(e)),l=c.filter(({path:t})=>e(r,t)),u=new Set(s),d=i.filter(t=>!u.has(t)&&!e(r,t)&&!C.test(t)),p=o(t),m=[];for(let e of d)await A(p,e)&&m.push(e);return{watched:l.map(({path:e,format:t})=>({path:e,format:t})),unwatched:c.flatMap(({path:t})=>e(r,t)||t.length>200?[]:[t]),naming:m.filter(e=>e.length<=200)}}async function E(e){let n=await t(e,[`ls-files`,`-z`,`--cached`,`--others`,`--exclude-standard`]).catch(()=>null);if(n===null||!n.ok)return r(e);let i=n.stdout.toString(`utf8`).split(`\0`);return[...new Set(i.filter(e=>e!==``))].sort()}async function D(e,t,n){let{files:r}=await s({changedFiles:t.map(e=>({path:e,status:`added`})),revisions:i(O,o(e)),policy:{...n,watch:[`**`],ignore:[]},gateFiles:{policy:f,workflow:null,action:null}});return r}const O={files:async e=>new Map(e.map(e=>[e,null])),folders:async e=>new Map(e.map(e=>[e,[]])),paths:async()=>[]},k=/(?<![a-z0-9.-])[a-z0-9.-]*(?:healthvault|microsofthealth)[a-z0-9.-]*/gi;async function A(e,t){let n=(await e.files([t])).get(t)?.bytes;return n===void 0||n.length>262144||n.includes(0)?!1:(new TextDecoder().decode(n).match(k)??[]).some(e=>a(e)!==null)}const j=`.github/workflows/healthvault-go-live.yml`;function M(e){let t=/@[0-9a-f]{40}$/i.test(e);return`# The HealthVault go-live gate. It reads pull requests through GitHub's API: no checkout, no code of theirs is run.
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
  # Dates move, roles change, a policy gets stricter, emergency labels expire: all open pull requests are evaluated again.
  # Where the policy has break-glass, run it every hour: '17 * * * *'.
  schedule:
    - cron: '17 5 * * *'
  workflow_dispatch:
    inputs:
      pull-request:
        description: Numbers separated by commas or blanks, or the word open
        default: open
permissions: {}
concurrency:
  # Edits of texts and comments wait on their own: GitHub cancels a waiting run for the next one, and an edit that changes
  # nothing must not replace the run for a label that was removed.
  group: healthvault-go-live-\${{ github.event.comment.id || github.event.pull_request.number || github.run_id }}\${{ github.event.action == 'edited' && !github.event.changes.base && '-text' || '' }}
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
`}function N(e){return`# The team's policy of the HealthVault go-live gate. What is not said here is as in the built-in policy.
# \`go-live-gate policy check\` reads it and names every mistake with line and column.
extends: healthvault

${P(e)}
# Never looked at; wins over watch.
# ignore:
#   - "**/testdata/**"

# Pages and code of sign-up and consent: a change there answers "is the workflow changing?" with yes.
# workflow:
#   - "src/signup/**"

# The default is the letter of the guide: access that users must consent to again is configuration (two to three business
# days). The strict reading counts it as a change of the sign-up workflow (two weeks).
# consent-widening: signup-workflow

# Merge once the go-live team has agreed to push (the default), or once it has pushed.
# merge: after-push

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
`}function P({unwatched:e,naming:t}){let n=e=>e.map(e=>`  - ${JSON.stringify(F(e))}\n`);return e.length+t.length===0?`# Added to the built-in globs.
# watch:
#   - "apps/*/healthvault/**"
`:`# Added to the built-in globs.\nwatch:\n${e.length===0?``:`  # HealthVault configuration in unusual places.\n${n(e).join(``)}`}${t.length===0?``:`  # These name a HealthVault server, but no reader understands them: a person decides on each change.\n${n(t).join(``)}`}`}function F(e){return e.replace(/^!|[*?{}\\(]/g,`?`)}const I={initNoFolder:c(`init-no-folder`,({folder:e})=>`${e} is no folder. Name the repository with --repo <folder>.`),initBadAction:c(`init-bad-action`,({found:e})=>`"${e}" is no action. Write it like --action owner/name@<full commit SHA>.`)},L={name:`init`,operands:``,summary:`writes the workflow and a commented policy into a repository`,options:[{name:`repo`,value:`<folder>`,text:`the repository; default: the current folder`},{name:`action`,value:`<owner/name@ref>`,text:`the action; default: healthvault-go-live-gate/healthvault-go-live-gate@v1`},{name:`dry-run`,text:`prints what would be written`},{name:`force`,text:`overwrites what is there`}],async run(e,t){let n=h(e,`action`)??`healthvault-go-live-gate/healthvault-go-live-gate@v1`;if(!/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[\w.][\w./-]*$/.test(n))throw new l(I.initBadAction({found:n}));let r=await R(y(h(e,`repo`)??`.`)),i=await T(r,await p());B(i,t);let a=e.values[`dry-run`]===!0?`dry-run`:e.values.force===!0?`force`:`careful`;return await z(r,j,M(n),a,t),await z(r,f,N(i),a,t),a!==`dry-run`&&V(n,t),0}};async function R(e){if(!await S(e).then(e=>e.isDirectory(),()=>!1))throw new l(I.initNoFolder({folder:e}));let n=await t(e,[`rev-parse`,`--show-toplevel`]).catch(()=>null),r=n?.ok===!0?n.stdout.toString(`utf8`).replace(/\r?\n$/,``):``;return r===``?e:r}async function z(e,t,n,r,{out:i}){let a=v(e,t),o=await d(a);o===n?i(`${t}: as it should be\n`):r===`dry-run`?i(`${t}: would be written${o===null?``:` with --force only, there is one already`}\n\n${n}\n`):await b(a).then(()=>!0,()=>!1)&&r!==`force`?i(`${t}: kept as it is (--force overwrites it)\n`):(await x(_(a),{recursive:!0}).catch(()=>{}),await m(a,n,r===`force`?`w`:`wx`),i(`${t}: ${o===null?`written`:`overwritten`}\n`))}function B({watched:e,unwatched:t,naming:n},{out:r}){let i=[...e.map(({path:e,format:t})=>`  ${u(e)} (${t})`),...t.map(e=>`  ${u(e)} (proposed as watch)`),...n.map(e=>`  ${u(e)} (names a HealthVault server, proposed as watch)`)];r(i.length===0?`No HealthVault configuration found yet.
`:`HealthVault configuration found:
`);for(let e of i.slice(0,20))r(`${e}\n`);i.length>20&&r(`  and ${i.length-20} more\n`),r(`
`)}function V(e,{out:t}){let n=[.../@[0-9a-f]{40}$/i.test(e)?[]:[`Pin the action in ${j} by its full commit SHA.`],`Read the policy, check it (go-live-gate policy check), commit both files and merge them into the default branch.`,`Create the labels: GITHUB_TOKEN=... go-live-gate labels --repo owner/name (needs issues: write).`,`Require the status "HealthVault go-live" in the rules of the branch, with GitHub Actions as its expected source.`,`See what is left open: GITHUB_TOKEN=... go-live-gate doctor --repo owner/name.`];t(`
Next:
`);for(let[e,r]of n.entries())t(`  ${e+1}. ${r}\n`)}export{L as init};