import"./cli-rolldown-runtime.js";import{a as e,d as t,i as n,n as r,o as i,p as a,r as o,s,t as c}from"./cli-gather.js";import{i as l,n as u}from"./cli-errors.js";import{c as d}from"./cli-escape.js";import{a as f,c as p,n as m,o as h}from"./cli-local-files.js";import{t as g}from"./cli-command.js";import{n as _,t as v}from"./cli-paths.js";import{t as y}from"./cli-workflow-traps.js";import{dirname as b,join as x,resolve as S}from"node:path";import{lstat as C,mkdir as w,stat as T}from"node:fs/promises";const E=/^(?:.* )?(?:sign ?ups?|sign ?ins?|log ?ins?|register|registration|consents?|onboarding|terms)(?: .*)?$/,D=/\.(?:html?|aspx|ascx|cshtml|vbhtml|razor|jspx?|erb|haml|slim|php|twig|vue|svelte|[jt]sx?|py|rb|java|kt|swift|mm?|cs|vb|storyboard|xib|xaml)$/i,O=/(?:^|\/)(?:tests?|__tests__|specs?|docs?|vendor|third[-_]party|node_modules|bin|obj|dist|build)\//i;function k(e){let t=e.filter(e=>!O.test(e)).flatMap(A);return[...new Set(t)].sort().slice(0,40)}function A(e){let t=_(e).split(`/`),n=t.findIndex(e=>E.test(o(e).trim()));if(n>=0)return[`${t.slice(0,n+1).join(`/`)}/`];let r=v(e);return D.test(r)&&E.test(o(r.replace(/\..*$/s,``)).trim())?[e]:[]}const j=/\.(?:md|markdown|txt|rst|adoc|html?)$/i,M=/* @__PURE__ */ new Set([`governance`,`referenced-file`,`maven-pom`]);async function N(t,n){let i=(await P(t)).filter(e=>!e.startsWith(`.github/`)&&!/(?:^|\/)node_modules\//.test(e)),a={gateFiles:{policy:p,workflow:null,action:null},plainDocuments:n.documents},o=i.filter(e=>r.some(t=>!M.has(t.id)&&t.matchesPath(e,a))),c=(await F(t,o,n)).filter(({format:e})=>!M.has(e)),l=c.filter(({path:t})=>e(n,t)),u=new Set(o),d=i.filter(t=>!u.has(t)&&!e(n,t)&&!j.test(t)),f=s(t),m=[];for(let e of d)await R(f,e)&&m.push(e);return{watched:l.map(({path:e,format:t})=>({path:e,format:t})),unwatched:c.flatMap(({path:t})=>e(n,t)||t.length>200?[]:[t]),naming:m.filter(e=>e.length<=200),workflow:k(i).filter(e=>e.length+2<=200)}}async function P(e){let n=await t(e,[`ls-files`,`-z`,`--cached`,`--others`,`--exclude-standard`]).catch(()=>null);if(n===null||!n.ok)return i(e);let r=n.stdout.toString(`utf8`).split(`\0`);return[...new Set(r.filter(e=>e!==``))].sort()}async function F(e,t,n){let{files:r}=await c({changedFiles:t.map(e=>({path:e,status:`added`})),revisions:a(I,s(e)),policy:{...n,watch:[`**`],ignore:[]},gateFiles:{policy:p,workflow:null,action:null}});return r}const I={files:async e=>new Map(e.map(e=>[e,null])),folders:async e=>new Map(e.map(e=>[e,[]])),paths:async()=>[]},L=/(?<![a-z0-9.-])[a-z0-9.-]*(?:healthvault|microsofthealth)[a-z0-9.-]*/gi;async function R(e,t){let r=(await e.files([t])).get(t)?.bytes;return r===void 0||r.length>262144||r.includes(0)?!1:(new TextDecoder().decode(r).match(L)??[]).some(e=>n(e)!==null)}const z=`.github/workflows/healthvault-go-live.yml`;function B(e){let t=/@[0-9a-f]{40}$/i.test(e);return`# The HealthVault go-live gate. It reads pull requests through GitHub's API: no checkout, no code of theirs is run.
# Require its status "HealthVault go-live" in the rules of the branch, not the job below.
name: HealthVault go-live gate
on:
  # The default branch's version of this file runs, for forks too. No paths filter: without a status nothing merges.
  pull_request_target: # zizmor: ignore[dangerous-triggers] nothing of the pull request is checked out or run
    types: [${y.join(`, `)}]
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
  group: healthvault-go-live-\${{ github.event.comment.id || github.event.pull_request.number || inputs.pull-request || github.event_name == 'schedule' && 'open' || github.run_id }}\${{ github.event.action == 'edited' && !github.event.changes.base && '-text' || '' }}
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
`}function V(e){return`# The team's policy of the HealthVault go-live gate. What is not said here is as in the built-in policy.
# \`go-live-gate policy check\` reads it and names every mistake with line and column.
extends: healthvault

${H(e)}
# Never looked at; wins over watch.
# ignore:
#   - "**/testdata/**"

${U(e)}
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
`}function H({unwatched:e,naming:t}){let n=e=>e.map(e=>`  - ${JSON.stringify(W(e))}\n`);return e.length+t.length===0?`# Added to the built-in globs.
# watch:
#   - "apps/*/healthvault/**"
`:`# Added to the built-in globs.\nwatch:\n${e.length===0?``:`  # HealthVault configuration in unusual places.\n${n(e).join(``)}`}${t.length===0?``:`  # These name a HealthVault server, but no reader understands them: a person decides on each change.\n${n(t).join(``)}`}`}function U({workflow:e}){let t=`# Pages and code of sign-up and consent: a change there is a change of the sign-up workflow and blocks. Where nothing is
# named, nobody knows whether other files change it, and the gate says so. A repository without such files names one
# that does not exist.
`;return e.length===0?`${t}# workflow:\n#   - "src/signup/**"\n`:`${t}# Found by their names: take out what is none.\nworkflow:\n${e.map(e=>`  - ${JSON.stringify(W(e).replace(/\/$/,`/**`))}\n`).join(``)}`}function W(e){return e.replace(/^!|[*?{}\\(]/g,`?`)}const G={initNoFolder:l(`init-no-folder`,({folder:e})=>`${e} is no folder. Name the repository with --repo <folder>.`),initBadAction:l(`init-bad-action`,({found:e})=>`"${e}" is no action. Write it like --action owner/name@<full commit SHA>.`)},K={name:`init`,operands:``,summary:`writes the workflow and a commented policy into a repository`,options:[{name:`repo`,value:`<folder>`,text:`the repository; default: the current folder`},{name:`action`,value:`<owner/name@ref>`,text:`the action; default: healthvault-go-live-gate/healthvault-go-live-gate@v1`},{name:`dry-run`,text:`prints what would be written`},{name:`force`,text:`overwrites what is there`}],async run(e,t){let n=g(e,`action`)??`healthvault-go-live-gate/healthvault-go-live-gate@v1`;if(!/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[\w.][\w./-]*$/.test(n))throw new u(G.initBadAction({found:n}));let r=await q(S(g(e,`repo`)??`.`)),i=await N(r,await m());Y(i,t);let a=e.values[`dry-run`]===!0?`dry-run`:e.values.force===!0?`force`:`careful`;return await J(r,z,B(n),a,t),await J(r,p,V(i),a,t),a!==`dry-run`&&X(n,t),0}};async function q(e){if(!await T(e).then(e=>e.isDirectory(),()=>!1))throw new u(G.initNoFolder({folder:e}));let n=await t(e,[`rev-parse`,`--show-toplevel`]).catch(()=>null),r=n?.ok===!0?n.stdout.toString(`utf8`).replace(/\r?\n$/,``):``;return r===``?e:r}async function J(e,t,n,r,{out:i}){let a=x(e,t),o=await f(a);o===n?i(`${t}: as it should be\n`):r===`dry-run`?i(`${t}: would be written${o===null?``:` with --force only, there is one already`}\n\n${n}\n`):await C(a).then(()=>!0,()=>!1)&&r!==`force`?i(`${t}: kept as it is (--force overwrites it)\n`):(await w(b(a),{recursive:!0}).catch(()=>{}),await h(a,n,r===`force`?`w`:`wx`),i(`${t}: ${o===null?`written`:`overwritten`}\n`))}function Y({watched:e,unwatched:t,naming:n,workflow:r},{out:i}){let a=[...e.map(({path:e,format:t})=>`  ${d(e)} (${t})`),...t.map(e=>`  ${d(e)} (proposed as watch)`),...n.map(e=>`  ${d(e)} (names a HealthVault server, proposed as watch)`)];i(a.length===0?`No HealthVault configuration found yet.
`:`HealthVault configuration found:
`);for(let e of a.slice(0,20))i(`${e}\n`);a.length>20&&i(`  and ${a.length-20} more\n`),r.length>0&&i(`Pages and code of sign-up and consent, by their names:
`);for(let e of r)i(`  ${d(e)} (proposed as workflow)\n`);i(`
`)}function X(e,{out:t}){let n=[.../@[0-9a-f]{40}$/i.test(e)?[]:[`Pin the action in ${z} by its full commit SHA.`],`Read the policy, check it (go-live-gate policy check), commit both files and merge them into the default branch.`,`Create the labels: GITHUB_TOKEN=... go-live-gate labels --repo owner/name (needs issues: write).`,`Require the status "HealthVault go-live" in the rules of the branch, with GitHub Actions as its expected source.`,`See what is left open: GITHUB_TOKEN=... go-live-gate doctor --repo owner/name.`];t(`
Next:
`);for(let[e,r]of n.entries())t(`  ${e+1}. ${r}\n`)}export{K as init};