import"./cli-rolldown-runtime.js";import{t as e}from"./cli-package.js";import{c as t,l as n,m as r,r as i,t as a}from"./cli-command.js";import{n as o}from"./cli-errors.js";import{a as s,r as c,t as l}from"./cli-model-messages.js";import{i as u,n as d}from"./cli-policy.js";import{c as f}from"./cli-escape.js";import{a as p,c as ee,o as te,t as m}from"./cli-local-files.js";import{a as h,c as g,i as _,n as ne,r as v,t as re}from"./cli-gather.js";import{N as y,R as b}from"./cli-client-document.js";import{n as x,r as S}from"./cli-paths.js";import{n as C,t as w}from"./cli-workflow-traps.js";import{dirname as T,join as E,resolve as D}from"node:path";import{lstat as O,mkdir as k,stat as A}from"node:fs/promises";const j=/^(?:.* )?(?:sign ?ups?|sign ?ins?|log ?ins?|register|registration|consents?|onboarding|terms)(?: .*)?$/,M=/\.(?:html?|aspx|ascx|cshtml|vbhtml|razor|jspx?|erb|haml|slim|php|twig|vue|svelte|[jt]sx?|py|rb|java|kt|swift|mm?|cs|vb|storyboard|xib|xaml)$/i,N=/(?:^|\/)(?:tests?|__tests__|specs?|docs?|vendor|third[-_]party|node_modules|bin|obj|dist|build)\//i;function P(e){let t=e.filter(e=>!N.test(e)).flatMap(F);return[...new Set(t)].sort().slice(0,40)}function F(e){let t=S(e).split(`/`),n=t.findIndex(e=>j.test(y(e).trim()));if(n>=0)return[`${t.slice(0,n+1).join(`/`)}/`];let r=x(e);return M.test(r)&&j.test(y(r.replace(/\..*$/s,``)).trim())?[e]:[]}const I=/\.(?:md|markdown|txt|rst|adoc|html?)$/i,L=/* @__PURE__ */ new Set([`governance`,`referenced-file`,`maven-pom`]);async function R(e,t){let n=(await z(e)).filter(e=>!e.startsWith(`.github/`)&&!/(?:^|\/)node_modules\//.test(e)),r={gateFiles:{policy:d,workflow:null,action:null},plainDocuments:t.documents},i=n.filter(e=>ne.some(t=>!L.has(t.id)&&t.matchesPath(e,r))),a=(await ie(e,i,t)).filter(({format:e})=>!L.has(e)),o=a.filter(({path:e})=>v(t,e)),s=new Set(i),c=n.filter(e=>!s.has(e)&&!v(t,e)&&!I.test(e)),l=h(e),u=[];for(let e of c)await H(l,e)&&u.push(e);return{watched:o.map(({path:e,format:t})=>({path:e,format:t})),unwatched:a.flatMap(({path:e})=>v(t,e)||e.length>200?[]:[e]),naming:u.filter(e=>e.length<=200),workflow:P(n).filter(e=>e.length+2<=200)}}async function z(e){let t=await r(e,[`ls-files`,`-z`,`--cached`,`--others`,`--exclude-standard`]).catch(()=>null);if(t===null||!t.ok)return _(e);let n=t.stdout.toString(`utf8`).split(`\0`);return[...new Set(n.filter(e=>e!==``))].sort()}async function ie(e,t,n){let{files:r}=await re({changedFiles:t.map(e=>({path:e,status:`added`})),revisions:g(B,h(e)),policy:{...n,watch:[`**`],ignore:[]},gateFiles:{policy:d,workflow:null,action:null}});return r}const B={files:async e=>new Map(e.map(e=>[e,null])),folders:async e=>new Map(e.map(e=>[e,[]])),paths:async()=>[]},V=/(?<![a-z0-9.-])[a-z0-9.-]*(?:healthvault|microsofthealth)[a-z0-9.-]*/gi;async function H(e,t){let n=(await e.files([t])).get(t)?.bytes;return n===void 0||n.length>262144||n.includes(0)?!1:(new TextDecoder().decode(n).match(V)??[]).some(e=>b(e)!==null)}const U=`.github/workflows/healthvault-go-live.yml`;function W(e,t){return`${l}@${t??`v${e.split(`.`)[0]}`}`}const G=`https://raw.githubusercontent.com/${l}/main/schemas/policy.schema.json`,K=`  # Approving reviews count by the policy.
  pull_request_review:
    types: [${C.join(`, `)}]
`;function q(e,t,n=!1){let r=/@[0-9a-f]{40}$/i.test(e);return`# The HealthVault go-live gate. It reads pull requests through GitHub's API: no checkout, no code of theirs is run.
# Require its status "HealthVault go-live" in the rules of the branch, not the job below.
name: HealthVault go-live gate
on:
  # The default branch's version of this file runs, for forks too. No paths filter: without a status nothing merges.
  pull_request_target: # zizmor: ignore[dangerous-triggers] nothing of the pull request is checked out or run
    types: [${w.join(`, `)}]
${n?K:``}  merge_group:
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
${r?``:`      # Pin it: write the full commit SHA of the version here, so that a moved tag cannot change your gate.
`}      - uses: ${e}
        with:
          pull-request: \${{ inputs.pull-request }}
${t===`enforce`?``:`          # Reports what it would decide, and blocks nothing. Remove this line once the answers are as you expect them.
          mode: report
`}          # Needed only if the policy names teams: a token that can read the organization's members, such as an App's.
          # team-token: \${{ secrets.GO_LIVE_TEAM_TOKEN }}
`}function J(e){return`# yaml-language-server: $schema=${G}
# The team's policy of the HealthVault go-live gate. What is not said here is as in the built-in policy.
# \`go-live-gate policy check\` reads it and names every mistake with line and column.
extends: healthvault

${Y(e)}
# Never looked at; wins over watch.
# ignore:
#   - "**/testdata/**"

${ae(e)}
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
#   go-live/workflow-approved: { codeowners: true } # the owners of the changed files
#   go-live/certificate-approved: { approvals: 2, by: review } # run init again: the workflow then runs on reviews

# lead-times:
#   configuration: { min: 3, max: 5, unit: business-days }
# holidays: { calendar: us-federal, add: ["2026-11-27"] }
# required-steps: enforced

# The emergency way through. It never clears a secret.
# break-glass:
#   label: go-live/emergency
#   approvers: { role: admin }
#   expires-after-hours: 24
`}function Y({unwatched:e,naming:t}){let n=e=>e.map(e=>`  - ${JSON.stringify(X(e))}\n`);return e.length+t.length===0?`# Added to the built-in globs.
# watch:
#   - "apps/*/healthvault/**"
`:`# Added to the built-in globs.\nwatch:\n${e.length===0?``:`  # HealthVault configuration in unusual places.\n${n(e).join(``)}`}${t.length===0?``:`  # These name a HealthVault server, but no reader understands them: a person decides on each change.\n${n(t).join(``)}`}`}function ae({workflow:e}){let t=`# Pages and code of sign-up and consent: a change there is a change of the sign-up workflow and blocks. Where nothing is
# named, nobody knows whether other files change it, and the gate says so. A repository without such files names one
# that does not exist.
`;return e.length===0?`${t}# workflow:\n#   - "src/signup/**"\n`:`${t}# Found by their names: take out what is none.\nworkflow:\n${e.map(e=>`  - ${JSON.stringify(X(e).replace(/\/$/,`/**`))}\n`).join(``)}`}function X(e){return e.replace(/^!|^ | $|[*?{}\\(\p{Cc}\p{Zl}\p{Zp}]/gu,`?`)}const Z={initNoFolder:c(`init-no-folder`,({folder:e})=>`${e} is no folder. Name the repository with --repo <folder>.`),initNoRepository:c(`init-no-repository`,({folder:e})=>`${e} is not in a git repository, so all of its files were searched. GitHub reads the workflow at the root of a repository only: run git init first, or name the repository with --repo.`),initBadAction:c(`init-bad-action`,({found:e})=>`"${e}" is no action. Write it like --action owner/name@<full commit SHA>.`)},oe={name:`init`,operands:``,summary:`writes the workflow and a commented policy into a repository`,options:[{name:`repo`,value:`<folder>`,text:`the repository; default: the current folder`},{name:`action`,value:`<owner/name@ref>`,text:`the action; default: ${W(e.version,null)}, by its commit where that is known`},{name:`dry-run`,text:`prints what would be written`},{name:`force`,text:`overwrites what is there`}],async run(t,r){let i=a(t,`action`)??W(e.version,await n());if(!/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[\w.][\w./-]*$/.test(i))throw new o(Z.initBadAction({found:i}));let s=await ce(D(a(t,`repo`)??`.`),r),c=await R(s,await m());le(c,r);let l=t.values[`dry-run`]===!0?`dry-run`:t.values.force===!0?`force`:`careful`,u=await p(s),d=l!==`force`&&await se(u);return await Q(s,U,q(i,`report`,d),l,r),await Q(s,u.path,J(c),l,r),l!==`dry-run`&&$(i,r),0}};async function se({path:e,content:n}){try{return u((await i(n,e,await t())).policy)}catch(e){if(e instanceof o)return!1;throw e}}async function ce(e,t){if(!await A(e).then(e=>e.isDirectory(),()=>!1))throw new o(Z.initNoFolder({folder:e}));let n=await r(e,[`rev-parse`,`--show-toplevel`]).catch(()=>null),i=n?.ok===!0?n.stdout.toString(`utf8`).replace(/\r?\n$/,``):``;if(i!==``)return i;let{id:a,message:c}=Z.initNoRepository({folder:e});return t.error(`go-live-gate: ${c}\n  (${a}) ${s(a)}\n`),e}async function Q(e,t,n,r,{out:i}){let a=E(e,t),o=await te(a);o===n?i(`${t}: as it should be\n`):r===`dry-run`?i(`${t}: would be written${o===null?``:` with --force only, there is one already`}\n\n${n}\n`):await O(a).then(()=>!0,()=>!1)&&r!==`force`?i(`${t}: kept as it is (--force overwrites it)\n`):(await k(T(a),{recursive:!0}).catch(()=>{}),await ee(a,n,r===`force`?`w`:`wx`),i(`${t}: ${o===null?`written`:`overwritten`}\n`))}function le({watched:e,unwatched:t,naming:n,workflow:r},{out:i}){let a=[...e.map(({path:e,format:t})=>`  ${f(e)} (${t})`),...t.map(e=>`  ${f(e)} (proposed as watch)`),...n.map(e=>`  ${f(e)} (names a HealthVault server, proposed as watch)`)];i(a.length===0?`No HealthVault configuration found yet.
`:`HealthVault configuration found:
`);for(let e of a.slice(0,20))i(`${e}\n`);a.length>20&&i(`  and ${a.length-20} more\n`),r.length>0&&i(`Pages and code of sign-up and consent, by their names:
`);for(let e of r)i(`  ${f(e)} (proposed as workflow)\n`);i(`
`)}function $(e,{out:t}){let n=[.../@[0-9a-f]{40}$/i.test(e)?[]:[`Pin the action in ${U} by its full commit SHA.`],`Read the policy, check it (go-live-gate policy check), commit both files and merge them into the default branch.`,`Create the labels: GITHUB_TOKEN=... go-live-gate labels --repo owner/name (needs issues: write).`,`Open a pull request and read what the gate reports. It blocks nothing while the workflow says mode: report; remove that line.`,`Require the status "HealthVault go-live" in the rules of the branch, with GitHub Actions as its expected source.`,`See what is left open: GITHUB_TOKEN=... go-live-gate doctor --repo owner/name.`];t(`
Next:
`);for(let[e,r]of n.entries())t(`  ${e+1}. ${r}\n`)}export{oe as init};