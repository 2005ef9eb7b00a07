/** The built-in policy as tests use it, a team's policy over it, and changes with only what a case is about. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AccessTuple, Change, ChangedDocument } from '../../src/model/change.ts';
import type { Policy } from '../../src/model/policy.ts';
import { type PolicyProblem, readPolicy } from '../../src/policy/load.ts';

/** The text of a file of the project, by its path from the root. */
export function projectFile(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

export const builtInText = projectFile('policies/healthvault.yml');

function readBuiltIn(): Policy {
  const result = readPolicy(builtInText, 'policies/healthvault.yml', new Map());
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.policy;
}

export const builtIn: Policy = readBuiltIn();
export const presets: ReadonlyMap<string, Policy> = new Map([['healthvault', builtIn]]);

/** The policy of a team's file; throws with the problems when it is not valid. */
export function teamPolicy(text: string): Policy {
  const result = readPolicy(`extends: healthvault\n${text}`, 'go-live.yml', presets);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.policy;
}

/** The problems of a policy file as `line:column id message`. */
export function problemsOf(text: string): readonly string[] {
  const result = readPolicy(text, 'go-live.yml', presets);
  const problems: readonly PolicyProblem[] = 'problems' in result ? result.problems : [];
  return problems.map(({ id, message, place }) => `${place.line}:${place.column} ${id}: ${message}`);
}

export type Facts = Partial<Omit<Change, 'document' | 'access'>> & {
  readonly document?: Partial<ChangedDocument>;
  readonly access?: Partial<AccessTuple>;
};

/** A modified text of an existing registered document, unless the facts say otherwise. */
export function change(facts: Facts): Change {
  const { document, access, ...rest } = facts;
  return {
    file: 'healthvault.app.yml',
    setting: 'description',
    kind: 'modified',
    effect: 'neutral',
    before: 'before',
    after: 'after',
    location: null,
    traits: [],
    document: {
      format: 'application-manifest',
      role: 'registered',
      environment: 'production',
      part: null,
      state: 'existing',
      ...document,
    },
    ...(access === undefined
      ? {}
      : {
          access: {
            channel: 'online',
            requirement: 'required',
            typeId: 'ca3c57f4-f4c1-4e15-be67-0a3caf5414ed',
            permission: 'Read',
            ...access,
          },
        }),
    ...rest,
  };
}

export const client = { role: 'client', format: 'dotnet-config' } as const;
