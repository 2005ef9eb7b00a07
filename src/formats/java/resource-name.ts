/** The name by which a Java application loads a file from its class path. */
import { getBaseName } from '../../model/paths.ts';

/** The path below the resources folder, including its subfolders. In any other folder, the file's own name. */
export function getResourceName(path: string): string {
  return /(?:^|\/)resources\/(.+)$/.exec(path)?.[1] ?? getBaseName(path);
}
