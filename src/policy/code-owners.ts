/** CODEOWNERS: the owners of a file. The last rule that matches decides, as on GitHub. */
import { createOwnerMatcher } from '../model/globs.ts';
import type { OwnerRule } from '../model/pull-request.ts';

/** The owners of a file. */
export type Owners = Pick<OwnerRule, 'users' | 'teams'>;

const NO_OWNERS: Owners = { users: [], teams: [] };

/** The rules in their order. A backslash before a space makes it a part of the pattern. */
export function parseCodeOwners(text: string): readonly OwnerRule[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const [pattern, ...owners] = line.replace(/(^|\s)#.*/s, '').match(/(?:\\.|[^\s\\])+/g) ?? [];
    if (pattern === undefined) return [];
    const names = owners.flatMap((owner) => (owner.startsWith('@') ? [owner.slice(1)] : []));
    const isTeam = (name: string): boolean => name.includes('/');
    return [
      {
        matches: createOwnerMatcher(pattern),
        users: names.filter((name) => !isTeam(name)),
        teams: names.filter(isTeam),
      },
    ];
  });
}

/** The owners of a file: those of the last rule that matches its path. */
export function findOwners(rules: readonly OwnerRule[], path: string): Owners {
  return rules.findLast(({ matches }) => matches(path)) ?? NO_OWNERS;
}
