/** What a Java application calls a file on its class path. */
import { getBaseName } from '../../model/paths.ts';

/** The path below the folder of resources, whose sub-folders are part of the name; elsewhere the file's own name. */
export function getResourceName(path: string): string {
  return /(?:^|\/)resources\/(.+)$/.exec(path)?.[1] ?? getBaseName(path);
}
