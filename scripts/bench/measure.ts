/** Runs processes and says what they took: wall time, CPU time and peak memory of the process itself. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one process took. */
export interface Usage {
  /** From the process' start to its exit. */
  readonly wallMs: number;
  /** User and system time on all cores. */
  readonly cpuMs: number;
  readonly peakBytes: number;
}

/** Written by the measured process itself when it exits: no other program is needed for it, on no system. */
const RECORDER = `import { writeFileSync } from 'node:fs';
process.once('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.GO_LIVE_USAGE, JSON.stringify({
    wallMs: performance.now(), cpuMs: (userCPUTime + systemCPUTime) / 1000, peakBytes: maxRSS * 1024 }));
});`;

/** A place where a process leaves its usage: the variables to start it with, and how to read what it wrote. */
export interface Recording {
  readonly environment: Readonly<Record<string, string>>;
  readUsage(): Usage;
}

/** Makes a recording for one process. `usage` may be called once, after the process has ended. */
export function startRecording(): Recording {
  const folder = mkdtempSync(join(tmpdir(), 'go-live-usage-'));
  const file = join(folder, 'usage.json');
  const address = `data:text/javascript,${encodeURIComponent(RECORDER)}`;
  return {
    environment: { NODE_OPTIONS: `--import=${address}`, GO_LIVE_USAGE: file },
    readUsage() {
      const usage = JSON.parse(readFileSync(file, 'utf8')) as Usage;
      rmSync(folder, { recursive: true });
      return usage;
    },
  };
}

/** Runs Node with these words. @throws Error when it ends with another exit code than one of the expected. */
export function runNode(words: readonly string[], expectedExits: readonly number[] = [0]): Usage {
  const record = startRecording();
  const { status, stderr } = spawnSync(process.execPath, words, {
    env: { ...process.env, ...record.environment },
    encoding: 'utf8',
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (status === null || !expectedExits.includes(status)) {
    throw new Error(`node ${words.join(' ')} ended with ${status}: ${stderr.slice(0, 2000)}`);
  }
  return record.readUsage();
}

function measureWallMs(words: readonly string[], expectedExit = 0): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, words, { stdio: 'ignore' });
  if (status !== expectedExit) throw new Error(`node ${words.join(' ')} ended with ${status}`);
  return performance.now() - start;
}

/** The middle one of some values. */
export function findMedian(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Milliseconds that `node -e 0` takes now: what others do on the machine weighs on it as on what is measured beside it. */
export function measureUnitMs(runs = 5): number {
  return findMedian(Array.from({ length: runs }, () => measureWallMs(['-e', '0'])));
}

/** The same in CPU time. */
export function measureUnitCpuMs(runs = 5): number {
  return findMedian(Array.from({ length: runs }, () => runNode(['-e', '0']).cpuMs));
}

/** How many times `node -e 0` Node with these words takes, the two run in turn: the middle one of the ratios. */
export function startMultiple(words: readonly string[], runs: number, expectedExit = 0): number {
  const measureRatio = () => measureWallMs(words, expectedExit) / measureWallMs(['-e', '0']);
  return findMedian(Array.from({ length: runs }, measureRatio));
}
