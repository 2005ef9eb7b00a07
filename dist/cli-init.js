import"./cli-rolldown-runtime.js";import{t as e}from"./cli-package.js";import{l as t,m as n,t as r}from"./cli-command.js";import{n as i}from"./cli-errors.js";import{a,r as o,t as s}from"./cli-model-messages.js";import{c}from"./cli-escape.js";import{a as l,c as u,o as d,t as f}from"./cli-local-files.js";import{a as p,c as m,i as h,n as g,r as _,t as v}from"./cli-gather.js";import{N as y,R as b}from"./cli-client-document.js";import{n as x}from"./cli-policy.js";import{n as ee,r as S}from"./cli-paths.js";import{t as C}from"./cli-workflow-traps.js";import{dirname as w,join as T,resolve as E}from"node:path";import{lstat as D,mkdir as O,stat as k}from"node:fs/promises";const A=/^(?:.* )?(?:sign ?ups?|sign ?ins?|log ?ins?|register|registration|consents?|onboarding|terms)(?: .*)?$/,j=/\.(?:html?|aspx|ascx|cshtml|vbhtml|razor|jspx?|erb|haml|slim|php|twig|vue|svelte|[jt]sx?|py|rb|java|kt|swift|mm?|cs|vb|storyboard|xib|xaml)$/i,M=/(?:^|\/)(?:tests?|__tests__|specs?|docs?|vendor|third[-_]party|node_modules|bin|obj|dist|build)\//i;function N(e){let t=e.filter(e=>!M.test(e)).flatMap(P);return[...new Set(t)].sort().slice(0,40)}function P(e){let t=S(e).split(`/`),n=t.findIndex(e=>A.test(y(e).trim()));if(n>=0)return[`${t.slice(0,n+1).join(`/`)}/`];let r=ee(e);return j.test(r)&&A.test(y(r.replace(/\..*$/s,``)).trim())?[e]:[]}const F=/\.(?:md|markdown|txt|rst|adoc|html?)$/i,I=/* @__PURE__ */ new Set([`governance`,`referenced-file`,`maven-pom`]);async function L(e,t){let n=(await te(e)).filter(e=>!e.startsWith(`.github/`)&&!/(?:^|\/)node_modules\//.test(e)),r={gateFiles:{policy:x,workflow:null,action:null},plainDocuments:t.documents},i=n.filter(e=>g.some(t=>!I.has(t.id)&&t.matchesPath(e,r))),a=(await R(e,i,t)).filter(({format:e})=>!I.has(e)),o=a.filter(({path:e})=>_(t,e)),s=new Set(i),c=n.filter(e=>!s.has(e)&&!_(t,e)&&!F.test(e)),l=p(e),u=[];for(let e of c)await V(l,e)&&u.push(e);return{watched:o.map(({path:e,format:t})=>({path:e,format:t})),unwatched:a.flatMap(({path:e})=>_(t,e)||e.length>200?[]:[e]),naming:u.filter(e=>e.length<=200),workflow:N(n).filter(e=>e.length+2<=200)}}async function te(e){let t=await n(e,[`ls-files`,`-z`,`--cached`,`--others`,`--exclude-standard`]).catch(()=>null);if(t===null||!t.ok)return h(e);let r=t.stdout.toString(`utf8`).split(`\0`);return[...new Set(r.filter(e=>e!==``))].sort()}async function R(e,t,n){let{files:r}=await v({changedFiles:t.map(e=>({path:e,status:`added`})),revisions:m(z,p(e)),policy:{...n,watch:[`**`],ignore:[]},gateFiles:{policy:x,workflow:null,action:null}});return r}const z={files:async e=>new Map(e.map(e=>[e,null])),folders:async e=>new Map(e.map(e=>[e,[]])),paths:async()=>[]},B=/(?<![a-z0-9.-])[a-z0-9.-]*(?:healthvault|microsofthealth)[a-z0-9.-]*/gi;async function V(e,t){let n=(await e.files([t])).get(t)?.bytes;return n===void 0||n.length>262144||n.includes(0)?!1:(new TextDecoder().decode(n).match(B)??[]).some(e=>b(e)!==null)}const H=`.github/workflows/healthvault-go-live.yml`;function U(e,t){return`${s}@${t??`v${e.split(`.`)[0]}`}`}const W=`https://raw.githubusercontent.com/${s}/main/schemas/policy.schema.json`;function G(e,t){let n=/@[0-9a-f]{40}$/i.test(e);return`# The HealthVault go-live gate. It reads pull requests through GitHub's API: no checkout, no code of theirs is run.
# Require its status "HealthVault go-live" in the rules of the branch, not the job below.
name: HealthVault go-live gate
on:
  # The default branch's version of this file runs, for forks too. No paths filter: without a status nothing merges.
  pull_request_target: # zizmor: ignore[dangerous-triggers] nothing of the pull request is checked out or run
    types: [${C.join(`, `)}]
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
        description: Numbers (12 or #12) or addresses separated by commas or spaces, or the word open
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
${n?``:`      # Pin it: write the full commit SHA of the version here, so that a moved tag cannot change your gate.
`}      - uses: ${e}
        with:
          pull-request: \${{ inputs.pull-request }}
${t===`enforce`?``:`          # Reports what it would decide, and blocks nothing. Remove this line once the answers are as you expect them.
          mode: report
`}          # Needed only if the policy names teams: a token that can read the organization's members, such as an App's.
          # team-token: \${{ secrets.GO_LIVE_TEAM_TOKEN }}
`}function K(e){return`# yaml-language-server: $schema=${W}
# The team's policy of the HealthVault go-live gate. What is not said here is as in the built-in policy.
# \`go-live-gate policy check\` reads it and names every mistake with line and column.
extends: healthvault

${q(e)}
# Never looked at; wins over watch.
# ignore:
#   - "**/testdata/**"

${J(e)}
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
#   golive/config-ok: { role: maintain, users: [octocat], teams: [acme/go-live] } # teams need the input team-token

# lead-times:
#   configuration: { min: 3, max: 5, unit: business-days }
# holidays: { calendar: us-federal, add: ["2026-11-27"] }
# required-steps: enforced

# The emergency way through. It never clears a secret.
# break-glass:
#   label: go-live/emergency
#   approvers: { role: admin }
#   expires-after-hours: 24
`}function q({unwatched:e,naming:t}){let n=e=>e.map(e=>`  - ${JSON.stringify(Y(e))}\n`);return e.length+t.length===0?`# Added to the built-in globs.
# watch:
#   - "apps/*/healthvault/**"
`:`# Added to the built-in globs.\nwatch:\n${e.length===0?``:`  # HealthVault configuration in unusual places.\n${n(e).join(``)}`}${t.length===0?``:`  # These name a HealthVault server, but no reader understands them: a person decides on each change.\n${n(t).join(``)}`}`}function J({workflow:e}){let t=`# Pages and code of sign-up and consent: a change there is a change of the sign-up workflow and blocks. Where nothing is
# named, nobody knows whether other files change it, and the gate says so. A repository without such files names one
# that does not exist.
`;return e.length===0?`${t}# workflow:\n#   - "src/signup/**"\n`:`${t}# Found by their names: take out what is none.\nworkflow:\n${e.map(e=>`  - ${JSON.stringify(Y(e).replace(/\/$/,`/**`))}\n`).join(``)}`}function Y(e){return e.replace(/^!|^ | $|[*?{}\\(\p{Cc}\p{Zl}\p{Zp}]/gu,`?`)}const X={initNoFolder:o(`init-no-folder`,({folder:e})=>`${e} is no folder. Name the repository with --repo <folder>.`),initNoRepository:o(`init-no-repository`,({folder:e})=>`${e} is not in a git repository, so all of its files were searched. GitHub reads the workflow at the root of a repository only: run git init first, or name the repository with --repo.`),initBadAction:o(`init-bad-action`,({found:e})=>`"${e}" is no action. Write it like --action owner/name@<full commit SHA>.`)},Z={name:`init`,operands:``,summary:`writes the workflow and a commented policy into a repository`,options:[{name:`repo`,value:`<folder>`,text:`the repository; default: the current folder`},{name:`action`,value:`<owner/name@ref>`,text:`the action; default: ${U(e.version,null)}, by its commit where that is known`},{name:`dry-run`,text:`prints what would be written`},{name:`force`,text:`overwrites what is there`}],async run(n,a){let o=r(n,`action`)??U(e.version,await t());if(!/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[\w.][\w./-]*$/.test(o))throw new i(X.initBadAction({found:o}));let s=await Q(E(r(n,`repo`)??`.`),a),c=await L(s,await f());ne(c,a);let u=n.values[`dry-run`]===!0?`dry-run`:n.values.force===!0?`force`:`careful`;return await $(s,H,G(o,`report`),u,a),await $(s,(await l(s)).path,K(c),u,a),u!==`dry-run`&&re(o,a),0}};async function Q(e,t){if(!await k(e).then(e=>e.isDirectory(),()=>!1))throw new i(X.initNoFolder({folder:e}));let r=await n(e,[`rev-parse`,`--show-toplevel`]).catch(()=>null),o=r?.ok===!0?r.stdout.toString(`utf8`).replace(/\r?\n$/,``):``;if(o!==``)return o;let{id:s,message:c}=X.initNoRepository({folder:e});return t.error(`go-live-gate: ${c}\n  (${s}) ${a(s)}\n`),e}async function $(e,t,n,r,{out:i}){let a=T(e,t),o=await d(a);o===n?i(`${t}: as it should be\n`):r===`dry-run`?i(`${t}: would be written${o===null?``:` with --force only, there is one already`}\n\n${n}\n`):await D(a).then(()=>!0,()=>!1)&&r!==`force`?i(`${t}: kept as it is (--force overwrites it)\n`):(await O(w(a),{recursive:!0}).catch(()=>{}),await u(a,n,r===`force`?`w`:`wx`),i(`${t}: ${o===null?`written`:`overwritten`}\n`))}function ne({watched:e,unwatched:t,naming:n,workflow:r},{out:i}){let a=[...e.map(({path:e,format:t})=>`  ${c(e)} (${t})`),...t.map(e=>`  ${c(e)} (proposed as watch)`),...n.map(e=>`  ${c(e)} (names a HealthVault server, proposed as watch)`)];i(a.length===0?`No HealthVault configuration found yet.
`:`HealthVault configuration found:
`);for(let e of a.slice(0,20))i(`${e}\n`);a.length>20&&i(`  and ${a.length-20} more\n`),r.length>0&&i(`Pages and code of sign-up and consent, by their names:
`);for(let e of r)i(`  ${c(e)} (proposed as workflow)\n`);i(`
`)}function re(e,{out:t}){let n=[.../@[0-9a-f]{40}$/i.test(e)?[]:[`Pin the action in ${H} by its full commit SHA.`],`Read the policy, check it (go-live-gate policy check), commit both files and merge them into the default branch.`,`Create the labels: GITHUB_TOKEN=... go-live-gate labels --repo owner/name (needs issues: write).`,`Open a pull request and read what the gate reports. It blocks nothing while the workflow says mode: report; remove that line.`,`Require the status "HealthVault go-live" in the rules of the branch, with GitHub Actions as its expected source.`,`See what is left open: GITHUB_TOKEN=... go-live-gate doctor --repo owner/name.`];t(`
Next:
`);for(let[e,r]of n.entries())t(`  ${e+1}. ${r}\n`)}export{Z as init};