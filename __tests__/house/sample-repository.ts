/** A small repository that has what the commands in the documents name. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readProjectFile } from './markdown.ts';

const MANIFEST = `healthvault: 1
app-id: 9ca84d74-1473-471d-940f-2699cb7198df
environment: production
type: web
name: Fabrikam Health
action-url: https://fabrikam.example/healthvault/action
methods: [GetThings]
`;

/** A repository with a manifest and a policy, the branch `main`, two releases, and a change that is not committed. */
export function sampleRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'go-live-docs-'));
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@fabrikam.example', ...words], { cwd: folder });
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  git('init', '--quiet', '--initial-branch=main');
  write('healthvault.app.yml', MANIFEST);
  write('.github/go-live.yml', readProjectFile('examples/go-live.yml'));
  git('add', '.');
  git('commit', '--quiet', '-m', 'First');
  git('tag', 'v1.4.0');
  write('healthvault.app.yml', MANIFEST.replace('Fabrikam Health', 'Fabrikam Health Plus'));
  git('commit', '--quiet', '--all', '-m', 'Second');
  git('tag', 'v1.5.0');
  write('healthvault.app.yml', MANIFEST.replace('GetThings', 'GetThings, PutThings'));
  return folder;
}

export function removeRepository(folder: string): void {
  rmSync(folder, { recursive: true });
}
