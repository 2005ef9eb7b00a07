import"./cli-rolldown-runtime.js";import{t as e}from"./cli-package.js";import{c as t,l as n,m as r,r as i,t as a}from"./cli-command.js";import{a as o,c as s,i as c,n as l,r as u,t as d}from"./cli-gather.js";import{n as f}from"./cli-errors.js";import{a as p,r as m,t as h}from"./cli-model-messages.js";import{i as g,n as _}from"./cli-policy.js";import{c as v}from"./cli-escape.js";import{a as ee,c as y,o as b,t as x}from"./cli-local-files.js";import{N as S,R as C}from"./cli-client-document.js";import{n as w,r as te}from"./cli-paths.js";import{n as ne,t as re}from"./cli-workflow-traps.js";import{dirname as T,join as E,resolve as D}from"node:path";import{lstat as O,mkdir as k,stat as A}from"node:fs/promises";const j=/^(?:.* )?(?:sign ?ups?|sign ?ins?|log ?ins?|register|registration|consents?|onboarding|terms)(?: .*)?$/,M=/\.(?:html?|aspx|ascx|cshtml|vbhtml|razor|jspx?|erb|haml|slim|php|twig|vue|svelte|[jt]sx?|py|rb|java|kt|swift|mm?|cs|vb|storyboard|xib|xaml)$/i,N=/(?:^|\/)(?:tests?|__tests__|specs?|docs?|vendor|third[-_]party|node_modules|bin|obj|dist|build)\//i;function P(e){let t=e.filter(e=>!N.test(e)).flatMap(F);return[...new Set(t)].sort().slice(0,40)}function F(e){let t=te(e).split(`/`),n=t.findIndex(e=>j.test(S(e).trim()));if(n>=0)return[`${t.slice(0,n+1).join(`/`)}/`];let r=w(e);return M.test(r)&&j.test(S(r.replace(/\..*$/s,``)).trim())?[e]:[]}const I=/\.(?:md|markdown|txt|rst|adoc|html?)$/i,L=/* @__PURE__ */ new Set([`governance`,`referenced-file`,`maven-pom`]),R=/* @__PURE__ */ new Set([`certificate`,`key-store`,`unreadable`,`source-code`]);async function z(e){return(await V(e)).filter(e=>!e.startsWith(`.github/`)&&!/(?:^|\/)node_modules\//.test(e))}async function B(e,t,n){let r={gateFiles:{policy:_,workflow:null,action:null},plainDocuments:n.documents},i=t.filter(e=>l.some(t=>!L.has(t.id)&&t.matchesPath(e,r))),a=(await H(e,i,n)).filter(({format:e})=>!L.has(e)),s=a.filter(({path:e})=>u(n,e)),c=new Set(i),d=t.filter(e=>!c.has(e)&&!u(n,e)&&!I.test(e)),f=o(e),p=[];for(let e of d)await ie(f,e)&&p.push(e);return{isHealthVault:p.length>0||a.some(({format:e})=>!R.has(e)),watched:s.map(({path:e,format:t})=>({path:e,format:t})),unwatched:a.flatMap(({path:e})=>u(n,e)||e.length>200?[]:[e]),naming:p.filter(e=>e.length<=200),workflow:P(t).filter(e=>e.length+2<=200)}}async function V(e){let t=await r(e,[`ls-files`,`-z`,`--cached`,`--others`,`--exclude-standard`]).catch(()=>null);if(t===null||!t.ok)return c(e);let n=t.stdout.toString(`utf8`).split(`\0`);return[...new Set(n.filter(e=>e!==``))].sort()}async function H(e,t,n){let{files:r}=await d({changedFiles:t.map(e=>({path:e,status:`added`})),revisions:s(U,o(e)),policy:{...n,watch:[`**`],ignore:[]},gateFiles:{policy:_,workflow:null,action:null}});return r}const U={files:async e=>new Map(e.map(e=>[e,null])),folders:async e=>new Map(e.map(e=>[e,[]])),paths:async()=>[]},W=/(?<![a-z0-9.-])[a-z0-9.-]*(?:healthvault|microsofthealth)[a-z0-9.-]*/gi;async function ie(e,t){let n=(await e.files([t])).get(t)?.bytes;return n===void 0||n.length>262144||n.includes(0)?!1:(new TextDecoder().decode(n).match(W)??[]).some(e=>C(e)!==null)}const G={policy:`healthvault`,status:`HealthVault go-live`,workflowPath:`.github/workflows/healthvault-go-live.yml`};function K(e){return e===G.policy?G:{policy:e,status:`Go-live`,workflowPath:`.github/workflows/go-live.yml`}}function q(e,t){return`${h}@${t??`v${e.split(`.`)[0]}`}`}const J=`https://raw.githubusercontent.com/${h}/main/schemas/policy.schema.json`,Y=`  # Approving reviews count by the policy.
  pull_request_review:
    types: [${ne.join(`, `)}]
`;function ae(e,t,n=!1,{status:r}=G){let i=/@[0-9a-f]{40}$/i.test(e);return`# The ${r} gate. It reads pull requests through GitHub's API: no checkout, no code of theirs is run.
# Require its status "${r}" in the rules of the branch, not the job below.
name: ${r} gate
on:
  # The default branch's version of this file runs, for forks too. No paths filter: without a status nothing merges.
  pull_request_target: # zizmor: ignore[dangerous-triggers] nothing of the pull request is checked out or run
    types: [${re.join(`, `)}]
${n?Y:``}  merge_group:
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
  group: ${r.toLowerCase().replace(` `,`-`)}-\${{ github.event.comment.id || github.event.pull_request.number || inputs.pull-request || github.event_name == 'schedule' && 'open' || github.run_id }}\${{ github.event.action == 'edited' && !github.event.changes.base && '-text' || '' }}
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
${i?``:`      # Pin it: write the full commit SHA of the version here, so that a moved tag cannot change your gate.
`}      - uses: ${e}
        with:
          pull-request: \${{ inputs.pull-request }}
${r===G.status?``:`          status-context: ${r}\n`}${t===`enforce`?``:`          # Reports what it would decide, and blocks nothing. Remove this line once the answers are as you expect them.
          mode: report
`}          # Needed only if the policy names teams: a token that can read the organization's members, such as an App's.
          # team-token: \${{ secrets.GO_LIVE_TEAM_TOKEN }}
`}function oe(e){return`# yaml-language-server: $schema=${J}
# The team's policy of the HealthVault go-live gate. What is not said here is as in the built-in policy.
# \`go-live-gate policy check\` reads it and names every mistake with line and column.
extends: healthvault

${ce(e)}
# Never looked at; wins over watch.
# ignore:
#   - "**/testdata/**"

${le(e)}
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
`}function se(e,t){return`# yaml-language-server: $schema=${J}
# The team's policy. Anything not set here is as in the built-in policy ${e}; go-live-gate explain --policy ${e} lists it.
# \`go-live-gate policy check\` reads this file and names every mistake with line and column.
extends: ${e}

# Added to the built-in globs.
# watch:
#   - "config/**"
# Never read; wins over watch.
# ignore:
#   - "**/testdata/**"

# Who can approve, by label. Any of role, users and teams is enough.
# approvers:
#   default: { role: write, not-author: true }
#   ${t}: { role: maintain, users: [octocat], teams: [acme/go-live] } # teams need the input team-token

# The emergency label. It never clears a secret.
# break-glass:
#   label: go-live/emergency
#   approvers: { role: admin }
#   expires-after-hours: 24
`}function ce({unwatched:e,naming:t}){let n=e=>e.map(e=>`  - ${JSON.stringify(X(e))}\n`);return e.length+t.length===0?`# Added to the built-in globs.
# watch:
#   - "apps/*/healthvault/**"
`:`# Added to the built-in globs.\nwatch:\n${e.length===0?``:`  # HealthVault configuration in unusual places.\n${n(e).join(``)}`}${t.length===0?``:`  # These name a HealthVault server, but no reader understands them: a person decides on each change.\n${n(t).join(``)}`}`}function le({workflow:e}){let t=`# Pages and code of sign-up and consent: a change there is a change of the sign-up workflow and blocks. Where nothing is
# named, nobody knows whether other files change it, and the gate says so. A repository without such files names one
# that does not exist.
`;return e.length===0?`${t}# workflow:\n#   - "src/signup/**"\n`:`${t}# Found by their names: take out what is none.\nworkflow:\n${e.map(e=>`  - ${JSON.stringify(X(e).replace(/\/$/,`/**`))}\n`).join(``)}`}function X(e){return e.replace(/^!|^ | $|[*?{}\\(\p{Cc}\p{Zl}\p{Zp}]/gu,`?`)}const Z={initNoFolder:m(`init-no-folder`,({folder:e})=>`${e} is no folder. Name the repository with --repo <folder>.`),initNoRepository:m(`init-no-repository`,({folder:e})=>`${e} is not in a git repository, so all of its files were searched. GitHub reads the workflow at the root of a repository only: run git init first, or name the repository with --repo.`),initUnknownPolicy:m(`init-unknown-policy`,({found:e,known:t})=>`There is no built-in policy "${e}". Use one of: ${t}.`),initSeveralPolicies:m(`init-several-policies`,({fitting:e})=>`Several built-in policies fit the files of the repository: ${e}. Name one with --policy.`),initBadAction:m(`init-bad-action`,({found:e})=>`"${e}" is no action. Write it like --action owner/name@<full commit SHA>.`)},ue={"health-connect":{name:/^AndroidManifest\.xml$/,text:`android.permission.health.`},healthkit:{name:/\.entitlements$/,text:`com.apple.developer.healthkit`},"google-oauth":{name:/^appsscript\.json$/,text:`{`},"browser-extension":{name:/^manifest[^/]*\.json$/,text:`"manifest_version"`}};async function de(e,t,n){let r=[];for(let[i,{name:a,text:o}]of Object.entries(ue)){let s=t.filter(e=>a.test(w(e)));if(!n.has(i)||s.length===0)continue;let c=await e.files(s),l=s.filter(e=>new TextDecoder().decode(c.get(e)?.bytes).includes(o));l.length>0&&r.push({policy:i,files:l})}return r}const fe={name:`init`,operands:``,summary:`writes the workflow and a commented policy into a repository`,options:[{name:`repo`,value:`<folder>`,text:`the repository; default: the current folder`},{name:`action`,value:`<owner/name@ref>`,text:`the action; default: ${q(e.version,null)}, by its commit where that is known`},{name:`policy`,value:`<name>`,text:`the built-in policy to extend; default: the one that fits the files of the repository`},{name:`dry-run`,text:`prints what would be written`},{name:`force`,text:`overwrites what is there`}],async run(t,r){let i=a(t,`action`)??q(e.version,await n());if(!/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[\w.][\w./-]*$/.test(i))throw new f(Z.initBadAction({found:i}));let o=await Q(D(a(t,`repo`)??`.`),r),{policy:s,text:c}=await me(o,a(t,`policy`),r),l=K(s),u=t.values[`dry-run`]===!0?`dry-run`:t.values.force===!0?`force`:`careful`,d=await ee(o),p=u!==`force`&&await pe(d);return await $(o,l.workflowPath,ae(i,`report`,p,l),u,r),await $(o,d.path,c,u,r),u!==`dry-run`&&_e(i,l,r),0}};async function pe({path:e,content:n}){try{return g((await i(n,e,await t())).policy)}catch(e){if(e instanceof f)return!1;throw e}}async function me(e,n,r){let i=await t(),a=[...i.keys()];if(n!==void 0&&!i.has(n))throw new f(Z.initUnknownPolicy({found:n,known:a.join(`, `)}));let s=await z(e),c=await B(e,s,await x()),{isHealthVault:l}=c,u=await de(o(e),s,new Set(a)),[d,p]=u;if(n===void 0&&!l&&p!==void 0)throw new f(Z.initSeveralPolicies({fitting:u.map(({policy:e})=>e).join(`, `)}));let m=n??(l?void 0:d?.policy)??`healthvault`;return m===`healthvault`?(he(c,r),{policy:m,text:oe(c)}):(ge(m,u.find(e=>e.policy===m)?.files??[],r),{policy:m,text:se(m,i.get(m)?.categories.find(e=>e.label!==null)?.label??``)})}async function Q(e,t){if(!await A(e).then(e=>e.isDirectory(),()=>!1))throw new f(Z.initNoFolder({folder:e}));let n=await r(e,[`rev-parse`,`--show-toplevel`]).catch(()=>null),i=n?.ok===!0?n.stdout.toString(`utf8`).replace(/\r?\n$/,``):``;if(i!==``)return i;let{id:a,message:o}=Z.initNoRepository({folder:e});return t.error(`go-live-gate: ${o}\n  (${a}) ${p(a)}\n`),e}async function $(e,t,n,r,{out:i}){let a=E(e,t),o=await b(a);o===n?i(`${t}: as it should be\n`):r===`dry-run`?i(`${t}: would be written${o===null?``:` with --force only, there is one already`}\n\n${n}\n`):await O(a).then(()=>!0,()=>!1)&&r!==`force`?i(`${t}: kept as it is (--force overwrites it)\n`):(await k(T(a),{recursive:!0}).catch(()=>{}),await y(a,n,r===`force`?`w`:`wx`),i(`${t}: ${o===null?`written`:`overwritten`}\n`))}function he({watched:e,unwatched:t,naming:n,workflow:r},{out:i}){let a=[...e.map(({path:e,format:t})=>`  ${v(e)} (${t})`),...t.map(e=>`  ${v(e)} (proposed as watch)`),...n.map(e=>`  ${v(e)} (names a HealthVault server, proposed as watch)`)];i(a.length===0?`No HealthVault configuration found yet.
`:`HealthVault configuration found:
`);for(let e of a.slice(0,20))i(`${e}\n`);a.length>20&&i(`  and ${a.length-20} more\n`),r.length>0&&i(`Pages and code of sign-up and consent, by their names:
`);for(let e of r)i(`  ${v(e)} (proposed as workflow)\n`);i(`
`)}function ge(e,t,{out:n}){n(t.length===0?`Policy: ${e}\n`:`Policy: ${e}, because of these files:\n`);for(let e of t.slice(0,20))n(`  ${v(e)}\n`);t.length>20&&n(`  and ${t.length-20} more\n`),n(`
`)}function _e(e,{workflowPath:t,status:n},{out:r}){let i=[.../@[0-9a-f]{40}$/i.test(e)?[]:[`Pin the action in ${t} by its full commit SHA.`],`Read the policy, check it (go-live-gate policy check), commit both files and merge them into the default branch.`,`Create the labels: GITHUB_TOKEN=... go-live-gate labels --repo owner/name (needs issues: write).`,`Open a pull request and read what the gate reports. It blocks nothing while the workflow says mode: report; remove that line.`,`Require the status "${n}" in the rules of the branch, with GitHub Actions as its expected source.`,`See what is left open: GITHUB_TOKEN=... go-live-gate doctor --repo owner/name.`];r(`
Next:
`);for(let[e,t]of i.entries())r(`  ${e+1}. ${t}\n`)}export{fe as init};