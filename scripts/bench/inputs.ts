/** Invented configuration in any amount, the same for the same numbers. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A GUID that no one uses, one for each number. */
function buildGuid(number: number): string {
  return `9ca84d74-1473-471d-940f-${number.toString(16).padStart(12, '0')}`;
}

/** A manifest; `revision` changes its description, `rules` says how many rules ask for data. */
export function buildManifest(number: number, revision: string, rules = 1): string {
  const buildRule = (index: number): string => `    - name: rule-${index}
      reason: Draws what rule ${index} may read, for the person whose record it is.
      optional: true
      display: [first-time]
      permissions: [Read]
      types: [Weight measurement]
      dates: { from: ${1990 + (index % 30)}-01-01, to: null }
`;
  return `healthvault: 1
app-id: ${buildGuid(number)}
environment: production
type: web
name: Fabrikam ${number}
description: Keeps a diary, ${revision}
action-url: https://fabrikam.example/${number}/action
rules:
  online:
${Array.from({ length: rules }, (_, index) => buildRule(index)).join('')}`;
}

function buildWebConfig(number: number, revision: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <appSettings>
    <add key="ApplicationId" value="${buildGuid(number)}" />
    <add key="ShellUrl" value="https://account.healthvault.com/" />
    <add key="HealthServiceUrl" value="https://platform.healthvault.com/platform/" />
    <add key="WCPage_IsMRA" value="${revision === 'base' ? 'false' : 'true'}" />
    <add key="NonProductionActionUrlRedirectOverride" value="Redirect.aspx" />
  </appSettings>
</configuration>
`;
}

function buildProperties(number: number, revision: string): string {
  return `# HealthVault
app.id=${buildGuid(number)}
healthvault.url=https://platform.healthvault.com/platform/wildcat.ashx
shell.url=https://account.healthvault.com
app.isMultiInstanceAware=${revision !== 'base'}
`;
}

/** Path -> text of so many watched files, of three kinds in turn, each changed between the two revisions. */
export function buildWatchedFiles(count: number, revision: 'base' | 'head'): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, number) => {
      const folder = `apps/${String(number).padStart(5, '0')}`;
      if (number % 3 === 0) return [`${folder}/healthvault.app.yml`, buildManifest(number, revision)];
      if (number % 3 === 1) return [`${folder}/Web.config`, buildWebConfig(number, revision)];
      return [`${folder}/src/main/resources/hv-application.properties`, buildProperties(number, revision)];
    }),
  );
}

/** Path -> text of so many files of other products; each differs between the revisions. */
export function buildOtherFiles(count: number, revision: 'base' | 'head'): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, number) => [
      `src/part-${number % 100}/file-${String(number).padStart(5, '0')}.txt`,
      `${revision} ${number}\n`,
    ]),
  );
}

/** Writes files below a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const place = join(folder, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
}
