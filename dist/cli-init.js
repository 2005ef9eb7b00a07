import"./cli-rolldown-runtime.js";import{d as e,i as t,o as n,s as r,u as i}from"./cli-start.js";import{$ as a,A as o,F as s,G as c,M as l,N as u,T as d,V as f,et as p,ft as m,k as h,pt as g,v as _}from"./cli-shared.js";import{a as v,f as y,i as b,v as x}from"./cli-comparison.js";import{t as S}from"./cli-readers.js";import{w as ee,x as C}from"./cli-properties.js";import{a as w,i as te}from"./cli-evaluation.js";import{n as ne,t as re}from"./cli-workflow-traps.js";import{dirname as ie,join as T,resolve as E}from"node:path";import{lstat as D,mkdir as O,stat as k}from"node:fs/promises";const A=/^(?:.* )?(?:sign ?ups?|sign ?ins?|log ?ins?|register|registration|consents?|onboarding|terms)(?: .*)?$/,j=/\.(?:html?|aspx|ascx|cshtml|vbhtml|razor|jspx?|erb|haml|slim|php|twig|vue|svelte|[jt]sx?|py|rb|java|kt|swift|mm?|cs|vb|storyboard|xib|xaml)$/i,M=/(?:^|\/)(?:tests?|__tests__|specs?|docs?|vendor|third[-_]party|node_modules|bin|obj|dist|build)\//i;function N(e){let t=e.filter(e=>!M.test(e)).flatMap(P);return[...new Set(t)].sort().slice(0,40)}function P(e){let t=p(e).split(`/`),n=t.findIndex(e=>A.test(C(e).trim()));if(n>=0)return[`${t.slice(0,n+1).join(`/`)}/`];let r=a(e);return j.test(r)&&A.test(C(r.replace(/\..*$/s,``)).trim())?[e]:[]}const F=/\.(?:md|markdown|txt|rst|adoc|html?)$/i,I=/* @__PURE__ */ new Set([`governance`,`referenced-file`,`maven-pom`]),L=/* @__PURE__ */ new Set([`certificate`,`key-store`,`unreadable`,`source-code`]);async function R(e){return(await B(e)).filter(e=>!e.startsWith(`.github/`)&&!/(?:^|\/)node_modules\//.test(e))}async function z(e,t,n){let r={gateFiles:{policy:f,workflow:null,action:null},plainDocuments:n.documents},i=t.filter(e=>S.some(t=>!I.has(t.id)&&t.matchesPath(e,r))),a=(await V(e,i,n)).filter(({format:e})=>!I.has(e)),o=a.filter(({path:e})=>w(n,e)),s=new Set(i),c=t.filter(e=>!s.has(e)&&!w(n,e)&&!F.test(e)),l=v(e),u=[];for(let e of c)await W(l,e)&&u.push(e);return{isHealthVault:u.length>0||a.some(({format:e})=>!L.has(e)),watched:o.map(({path:e,format:t})=>({path:e,format:t})),unwatched:a.flatMap(({path:e})=>w(n,e)||e.length>200?[]:[e]),naming:u.filter(e=>e.length<=200),workflow:N(t).filter(e=>e.length+2<=200)}}async function B(e){let t=await y(e,[`ls-files`,`-z`,`--cached`,`--others`,`--exclude-standard`]).catch(()=>null);if(t===null||!t.ok)return b(e);let n=t.stdout.toString(`utf8`).split(`\0`);return[...new Set(n.filter(e=>e!==``))].sort()}async function V(e,t,n){let{files:r}=await te({changedFiles:t.map(e=>({path:e,status:`added`})),revisions:x(H,v(e)),policy:{...n,watch:[`**`],ignore:[]},gateFiles:{policy:f,workflow:null,action:null}});return r}const H={readFiles:async e=>new Map(e.map(e=>[e,null])),listFolders:async e=>new Map(e.map(e=>[e,[]])),listPaths:async()=>[]},U=/(?<![a-z0-9.-])[a-z0-9.-]*(?:healthvault|microsofthealth)[a-z0-9.-]*/gi;async function W(e,t){let n=(await e.readFiles([t])).get(t)?.bytes;return n===void 0||n.length>262144||n.includes(0)?!1:(new TextDecoder().decode(n).match(U)??[]).some(e=>ee(e)!==null)}const G={policy:`healthvault`,status:`HealthVault go-live`,workflowPath:`.github/workflows/healthvault-go-live.yml`};function K(e,t=`Go-live`){return e===G.policy?G:{policy:e,status:t,workflowPath:`.github/workflows/go-live.yml`}}function q(e,n){return`${t}@${n??`v${e.split(`.`)[0]}`}`}const J=`https://raw.githubusercontent.com/${t}/main/schemas/policy.schema.json`,Y=`  # The policy counts approving reviews.
  pull_request_review:
    types: [${ne.join(`, `)}]
`;function ae(e,t,n=!1,{status:r}=G){let i=/@[0-9a-f]{40}$/i.test(e);return`# The ${r} gate. It reads pull requests through GitHub's API. It does not check out or run their code.
# Require the status "${r}" in a ruleset of the branch, not the job below.
name: ${r} gate
on:
  # GitHub runs this file from the default branch, also for forks. Do not add a paths filter: a pull request without the status cannot be merged.
  pull_request_target: # zizmor: ignore[dangerous-triggers] nothing of the pull request is checked out or run
    types: [${re.join(`, `)}]
${n?Y:``}  merge_group:
  # Checkboxes in the gate's comment.
  issue_comment:
    types: [edited]
  # Evaluates all open pull requests again, because dates, roles, the policy and emergency labels change over time.
  # If the policy has break-glass, run it every hour: '17 * * * *'.
  schedule:
    - cron: '17 5 * * *'
  workflow_dispatch:
    inputs:
      pull-request:
        description: Numbers (12 or #12) or addresses separated by commas or spaces, or the word open
        default: open
permissions: {}
concurrency:
  # Edits of texts and comments have separate groups. GitHub cancels a waiting run when the next run of its group starts,
  # and a run for an edit must not replace the run for a removed label.
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
${i?``:`      # Pin the action to the full commit SHA of the version, so that a moved tag cannot replace the gate.
`}      - uses: ${e}
        with:
          pull-request: \${{ inputs.pull-request }}
${r===G.status?``:`          status-context: ${r}\n`}${t===`enforce`?``:`          # Trial: the gate reports its verdict and blocks no merge. Remove this line after the trial.
          mode: report
`}          # Needed only if the policy names teams: a token that can read the organization's members, such as an App's.
          # team-token: \${{ secrets.GO_LIVE_TEAM_TOKEN }}
`}function oe(e){return`# yaml-language-server: $schema=${J}
# The team's policy of the HealthVault go-live gate. Anything not set here keeps its value from the built-in policy.
# \`go-live-gate policy check\` reports every mistake with line and column.
extends: healthvault

${ce(e)}
# Never checked, also if \`watch\` matches.
# ignore:
#   - "**/testdata/**"

${le(e)}
# The default follows the wording of the guide: access that users must consent to again is \`configuration\` (two to three
# business days). The strict reading is \`signup-workflow\` (two weeks).
# consent-widening: signup-workflow

# When to merge: after the go-live team has agreed to push (the default), or after it has pushed.
# merge: after-push

# Labels by category, and their approvers. One of role, users and teams is enough.
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

# The emergency label. It approves every category except secret.
# break-glass:
#   label: go-live/emergency
#   approvers: { role: admin }
#   expires-after-hours: 24
`}function se(e,t){return`# yaml-language-server: $schema=${J}
# The team's policy. Anything not set here keeps its value from the built-in policy ${e} (go-live-gate explain --policy ${e}).
# \`go-live-gate policy check\` reports every mistake with line and column.
extends: ${e}

# Added to the built-in globs.
# watch:
#   - "config/**"
# Never checked, also if \`watch\` matches.
# ignore:
#   - "**/testdata/**"

# Approvers by label. One of role, users and teams is enough.
# approvers:
#   default: { role: write, not-author: true }
#   ${t}: { role: maintain, users: [octocat], teams: [acme/go-live] } # teams need the input team-token

# The emergency label. It approves every category except secret.
# break-glass:
#   label: go-live/emergency
#   approvers: { role: admin }
#   expires-after-hours: 24
`}function ce({unwatched:e,naming:t}){let n=e=>e.map(e=>`  - ${JSON.stringify(X(e))}\n`);return e.length+t.length===0?`# Added to the built-in globs.
# watch:
#   - "apps/*/healthvault/**"
`:`# Added to the built-in globs.\nwatch:\n${e.length===0?``:`  # HealthVault configuration in unusual places.\n${n(e).join(``)}`}${t.length===0?``:`  # These files name a HealthVault server, but the gate has no reader for them. A reviewer decides each change.\n${n(t).join(``)}`}`}function le({workflow:e}){let t=`# Pages and code of sign-up and consent. A change to them is a change to the sign-up workflow and blocks. Without this list,
# the gate reports that it does not know whether other files change the workflow. A repository without such files names one
# that does not exist.
`;return e.length===0?`${t}# workflow:\n#   - "src/signup/**"\n`:`${t}# Found by name. Remove the paths that do not belong here.\nworkflow:\n${e.map(e=>`  - ${JSON.stringify(X(e).replace(/\/$/,`/**`))}\n`).join(``)}`}function X(e){return e.replace(/^!|^ | $|[*?{}\\(\p{Cc}\p{Zl}\p{Zp}]/gu,`?`)}const Z={initNoFolder:r(`init-no-folder`,({folder:e})=>`${e} is not a folder. Pass the folder of the repository with --repo <folder>.`),initNoRepository:r(`init-no-repository`,({folder:e})=>`${e} is not in a git repository, so all of its files were searched. GitHub reads workflows only at the root of a repository. Run git init first, or pass the repository with --repo.`),initUnknownPolicy:r(`init-unknown-policy`,({found:e,known:t})=>`There is no built-in policy "${e}". Use one of: ${t}.`),initSeveralPolicies:r(`init-several-policies`,({fitting:e})=>`Several built-in policies fit the files of the repository: ${e}. Name one with --policy.`),initBadAction:r(`init-bad-action`,({found:e})=>`"${e}" is not a valid action. Write --action owner/name@<full commit SHA>.`)},ue={"health-connect":{name:/^AndroidManifest\.xml$/,text:`android.permission.health.`},healthkit:{name:/\.entitlements$/,text:`com.apple.developer.healthkit`},"google-oauth":{name:/^appsscript\.json$/,text:`{`},"browser-extension":{name:/^manifest[^/]*\.json$/,text:`"manifest_version"`}};async function de(e,t,n){let r=[];for(let[i,{name:o,text:s}]of Object.entries(ue)){let c=t.filter(e=>o.test(a(e)));if(!n.has(i)||c.length===0)continue;let l=await e.readFiles(c),u=c.filter(e=>new TextDecoder().decode(l.get(e)?.bytes).includes(s));u.length>0&&r.push({policy:i,files:u})}return r}const fe={name:`init`,options:[{name:`repo`,value:`<folder>`,text:`folder of the repository; default: the current folder`},{name:`action`,value:`<owner/name@ref>`,text:`action; default: ${q(e.version,null)}, pinned to its commit if that is known`},{name:`policy`,value:`<name>`,text:`built-in policy to extend; default: the one that matches the files of the repository`},{name:`dry-run`,text:`prints the files without writing them`},{name:`force`,text:`overwrites existing files`}],async run(t,n){let r=u(t,`action`)??q(e.version,await g());if(!/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[\w.][\w./-]*$/.test(r))throw new i(Z.initBadAction({found:r}));let a=await Q(E(u(t,`repo`)??`.`),n),{policy:o,status:s,text:c}=await me(a,u(t,`policy`),n),l=K(o,s),d=t.values[`dry-run`]===!0?`dry-run`:t.values.force===!0?`force`:`careful`,f=await h(a),p=d!==`force`&&await pe(f);return await $(a,l.workflowPath,ae(r,`report`,p,l),d,n),await $(a,f.path,c,d,n),d!==`dry-run`&&_e(r,l,n),0}};async function pe({path:e,content:t}){try{return c((await s(t,e,await m())).policy)}catch(e){if(e instanceof i)return!1;throw e}}async function me(e,t,n){let r=await m(),a=[...r.keys()];if(t!==void 0&&!r.has(t))throw new i(Z.initUnknownPolicy({found:t,known:a.join(`, `)}));let o=await R(e),s=await z(e,o,await d()),{isHealthVault:c}=s,l=await de(v(e),o,new Set(a)),[u,f]=l;if(t===void 0&&!c&&f!==void 0)throw new i(Z.initSeveralPolicies({fitting:l.map(({policy:e})=>e).join(`, `)}));let p=t??(c?void 0:u?.policy)??`healthvault`;if(p===`healthvault`)return he(s,n),{policy:p,text:oe(s)};ge(p,l.find(e=>e.policy===p)?.files??[],n);let h=r.get(p)?.categories.find(e=>e.label!==null)?.label??``;return{policy:p,status:r.get(p)?.words?.status,text:se(p,h)}}async function Q(e,t){if(!await k(e).then(e=>e.isDirectory(),()=>!1))throw new i(Z.initNoFolder({folder:e}));let r=await y(e,[`rev-parse`,`--show-toplevel`]).catch(()=>null),a=r?.ok===!0?r.stdout.toString(`utf8`).replace(/\r?\n$/,``):``;if(a!==``)return a;let{id:o,message:s}=Z.initNoRepository({folder:e});return t.writeError(`go-live-gate: ${s}\n  (${o}) ${n(o)}\n`),e}async function $(e,t,n,r,{writeOut:i}){let a=T(e,t),s=await o(a);s===n?i(`${t}: unchanged\n`):r===`dry-run`?i(`${t}: ${s===null?`to write`:`exists, to overwrite with --force`}\n\n${n}\n`):await D(a).then(()=>!0,()=>!1)&&r!==`force`?i(`${t}: exists, not changed (--force overwrites it)\n`):(await O(ie(a),{recursive:!0}).catch(()=>{}),await l(a,n,r===`force`?`w`:`wx`),i(`${t}: ${s===null?`written`:`overwritten`}\n`))}function he({watched:e,unwatched:t,naming:n,workflow:r},{writeOut:i}){let a=[...e.map(({path:e,format:t})=>`  ${_(e)} (${t})`),...t.map(e=>`  ${_(e)} (proposed as watch)`),...n.map(e=>`  ${_(e)} (names a HealthVault server, proposed as watch)`)];i(a.length===0?`No HealthVault configuration was found.
`:`HealthVault configuration:
`);for(let e of a.slice(0,20))i(`${e}\n`);a.length>20&&i(`  and ${a.length-20} more\n`),r.length>0&&i(`Pages and code of sign-up and consent, found by name:
`);for(let e of r)i(`  ${_(e)} (proposed as workflow)\n`);i(`
`)}function ge(e,t,{writeOut:n}){n(t.length===0?`Policy: ${e}\n`:`Policy: ${e}, because of these files:\n`);for(let e of t.slice(0,20))n(`  ${_(e)}\n`);t.length>20&&n(`  and ${t.length-20} more\n`),n(`
`)}function _e(e,{workflowPath:t,status:n},{writeOut:r}){let i=[.../@[0-9a-f]{40}$/i.test(e)?[]:[`Pin the action in ${t} by its full commit SHA.`],`Read and check the policy (go-live-gate policy check), commit both files and merge them into the default branch.`,`Create the labels: GITHUB_TOKEN=... go-live-gate labels --repo owner/name (needs issues: write).`,`Open a pull request and read the report. The gate blocks no merge while the workflow contains mode: report. Remove that line after the trial.`,`Require the status "${n}" in a ruleset of the branch, with GitHub Actions as its expected source.`,`List the ways past the gate that remain: GITHUB_TOKEN=... go-live-gate doctor --repo owner/name.`];r(`
Next:
`);for(let[e,t]of i.entries())r(`  ${e+1}. ${t}\n`)}export{fe as init};