/** Finds probable folders and files with pages and code of sign-up, sign-in or consent. Pure. */
import { splitWords } from '../../formats/secrets/secrets.ts';
import { getBaseName, getFolder } from '../../model/paths.ts';

/** Words of a name, joined without separators: `Sign-Up`, `signUp` and `sign_up` are `signup`. */
const NAMED = /^(?:.* )?(?:sign ?ups?|sign ?ins?|log ?ins?|register|registration|consents?|onboarding|terms)(?: .*)?$/;

/** Files that are pages or code; others, such as pictures, only count in a folder with such a name. */
const PAGE =
  /\.(?:html?|aspx|ascx|cshtml|vbhtml|razor|jspx?|erb|haml|slim|php|twig|vue|svelte|[jt]sx?|py|rb|java|kt|swift|mm?|cs|vb|storyboard|xib|xaml)$/i;

/** Folders that are not part of the application that users see. */
const NOT_PAGES = /(?:^|\/)(?:tests?|__tests__|specs?|docs?|vendor|third[-_]party|node_modules|bin|obj|dist|build)\//i;

/** Most proposals, because a person has to check each of them. */
const MAX_PROPOSED = 40;

/** The outermost folders with such a name, and pages or code outside of them. The paths do not contain glob characters. */
export function findWorkflowPaths(paths: readonly string[]): readonly string[] {
  const found = paths.filter((path) => !NOT_PAGES.test(path)).flatMap(findNamedPart);
  return [...new Set(found)].sort().slice(0, MAX_PROPOSED);
}

function findNamedPart(path: string): readonly string[] {
  const folders = getFolder(path).split('/');
  const index = folders.findIndex((folder) => NAMED.test(splitWords(folder).trim()));
  if (index >= 0) return [`${folders.slice(0, index + 1).join('/')}/`];
  const name = getBaseName(path);
  return PAGE.test(name) && NAMED.test(splitWords(name.replace(/\..*$/s, '')).trim()) ? [path] : [];
}
