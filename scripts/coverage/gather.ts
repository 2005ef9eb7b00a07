/** Adds up how often every place of `src` ran, over all processes that left coverage behind. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countsAt, type FunctionCoverage } from './counts.ts';
import { findPoints, type Point, type SourcePoints } from './points.ts';
import { listMappings } from './source-map.ts';

/** A source with what is counted in it, and the sum of the runs of each point by its key. */
export interface MeasuredSource {
  readonly path: string;
  readonly points: SourcePoints;
  readonly runs: Map<string, number>;
}

interface Script {
  readonly url: string;
  readonly functions: readonly FunctionCoverage[];
}

/** Points of one or more sources as offsets in one script, ascending. */
interface Layout {
  readonly offsets: readonly number[];
  readonly targets: readonly { readonly runs: Map<string, number>; readonly key: string }[];
}

export function identifyPoint({ start, end }: Point): string {
  return `${start}-${end}`;
}

/** All TypeScript of `src` but what a script generated. */
export function readSources(root: string): readonly MeasuredSource[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('.generated.'))
    .sort()
    .map((name) => {
      const path = join('src', name);
      return { path, points: findPoints(path, readFileSync(join(root, path), 'utf8')), runs: new Map() };
    });
}

function listPoints({ statements, branches }: SourcePoints): readonly Point[] {
  const all = [...statements, ...branches].map(({ point }) => point);
  const unique = new Map(
    [...all, ...branches.flatMap(({ without }) => without ?? [])].map((point) => [identifyPoint(point), point]),
  );
  return [...unique.values()];
}

function buildLayout(
  placed: readonly { readonly at: number; readonly key: string; readonly runs: Map<string, number> }[],
): Layout {
  const sorted = [...placed].sort((one, other) => one.at - other.at);
  return { offsets: sorted.map(({ at }) => at), targets: sorted };
}

/** Node runs the sources with their types blanked out: every offset stays. */
function buildSourceLayout({ points, runs }: MeasuredSource): Layout {
  return buildLayout(listPoints(points).map((point) => ({ at: point.start, key: identifyPoint(point), runs })));
}

/** A point that the bundler has optimized away has no place in the bundle. */
function buildBundleLayout(file: string, root: string, sources: ReadonlyMap<string, MeasuredSource>): Layout {
  const map = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: readonly string[]; mappings: string };
  const own = map.sources.map((source) => sources.get(relative(root, join(file, '..', source))));
  const texts = own.map((source) => (source === undefined ? null : readFileSync(join(root, source.path), 'utf8')));
  const mappings = listMappings(map, readFileSync(file, 'utf8'), texts);
  return buildLayout(
    own.flatMap((source, index) => {
      if (source === undefined) return [];
      const list = mappings[index] ?? [];
      return listPoints(source.points).flatMap((point) => {
        const found = list.find(({ original }) => original >= point.start);
        if (found === undefined || found.original >= point.end) return [];
        return [{ at: found.generated, key: identifyPoint(point), runs: source.runs }];
      });
    }),
  );
}

/** What was found, to see that both ways of measuring took part. */
export interface Gathered {
  readonly processes: number;
  /** Scripts of the measurable bundles, and sources that ran as they are. */
  readonly bundles: number;
  readonly modules: number;
}

/** Reads and removes the files that `NODE_V8_COVERAGE` asked for. */
export function gatherRuns(folder: string, root: string, measured: readonly MeasuredSource[]): Gathered {
  const sources = new Map(measured.map((source) => [source.path, source]));
  const dist = join(root, 'dist/');
  const layouts = new Map<string, Layout | null>();
  const findLayout = (path: string): Layout | null => {
    const known = layouts.get(path);
    if (known !== undefined) return known;
    const source = sources.get(relative(root, path));
    const layout =
      existsSync(`${path}.map`) && path.startsWith(dist)
        ? buildBundleLayout(path, root, sources)
        : source === undefined
          ? null
          : buildSourceLayout(source);
    layouts.set(path, layout);
    return layout;
  };
  let [processes, bundles, modules] = [0, 0, 0];
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    processes++;
    for (const { url, functions } of (JSON.parse(readFileSync(file, 'utf8')) as { result: readonly Script[] }).result) {
      if (!url.startsWith('file:')) continue;
      const path = fileURLToPath(url);
      const layout = findLayout(path);
      if (layout === null) continue;
      if (path.startsWith(dist)) bundles++;
      else modules++;
      for (const [index, count] of countsAt(functions, layout.offsets).entries()) {
        const target = layout.targets[index];
        if (target !== undefined && count > 0) target.runs.set(target.key, (target.runs.get(target.key) ?? 0) + count);
      }
    }
    rmSync(file);
  }
  return { processes, bundles, modules };
}
