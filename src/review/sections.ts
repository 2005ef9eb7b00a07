/** The sections of settings files: any key below `healthvault:` or `[HealthVault]` belongs to HealthVault. Pure. */

/** Files of nested settings: by indentation, by braces on lines of their own, or by headers in brackets. */
const NESTED_KIND = /\.(?:json[c5]?|ya?ml|toml|ini|conf|cfg|hocon|tf|tfvars|hcl|nomad|bicep|xcstrings|pbxproj|xml)$/i;

/** Whether a file of this name has sections. */
export function hasSections(path: string): boolean {
  return NESTED_KIND.test(path);
}

const HEADER = /^\s*\[+\s*["']?([^\]"']{1,100})["']?\s*\]+\s*(?:[#;].*)?$/;
const KEY = /^[\s"'-]*([\w.:-]{1,100})["']?\s*(?::|=|\{)/;
/** A block of Terraform: `variable "hv_app_id" {`. */
const LABELED = /^\s*\w{1,40}\s+"([\w.:-]{1,100})"(?:\s+"([\w.:-]{1,100})")?\s*\{/;
/** In XML, both are attributes in lines of their own, or elements: `<env-entry-name>HV_IsMRA</env-entry-name>`. */
const NAMED =
  /^(?:[\s"'-]*(?:parameter_?)?(?:name|key)["']?\s*[:=]\s*["']?|\s*<(?:[\w:-]{1,60}[:-])?(?:name|key)>\s*)([\w.:-]{1,100})/i;
const VALUE =
  /^(?:[\s"'-]*(?:(?:default|parameter)_?)?(?:value|default)["']?\s*[:=]|\s*<(?:[\w:-]{1,60}[:-])?value\b)/i;
/** An element of a list without a key of its own. */
const ELEMENT = /^\s*(?:-\s+["']?[^\s"':=#][^"':=#]*["']?|"[^":=]*",?|'[^':=]*',?|[\w.-]+,)\s*$/;
/** A longer line is not an element, because the search would take too long. */
const MAX_ELEMENT_CHARS = 500;
const COMMENT = /^\s*(?:#|;|\/\/|$)/;

interface OpenSection {
  readonly indent: number;
  readonly name: string;
}

/** For each line of a text, the names of the sections that it is in, from the outside in: `Logging.Console`. */
export function listSections(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const found = listOpenSections(lines);
  for (const [index, line] of lines.entries()) {
    const name = COMMENT.test(line) ? undefined : NAMED.exec(line)?.[1];
    if (name !== undefined) addToKeysBefore(name, index, lines, found);
  }
  return found;
}

/** The sections that begin before their lines. */
function listOpenSections(lines: readonly string[]): string[] {
  let header = '';
  const open: OpenSection[] = [];
  return lines.map((line) => {
    const name = HEADER.exec(line)?.[1];
    if (name !== undefined) {
      header = name;
      open.length = 0;
      return '';
    }
    const indent = line.length - line.trimStart().length;
    const isComment = COMMENT.test(line);
    const named = isComment ? undefined : NAMED.exec(line)?.[1];
    // The mark of a list ends the element before it, with its name. So does another name beside it.
    const ended = named !== undefined || /^\s*-/.test(line) ? indent - 0.5 : indent;
    while (!isComment && open.length > 0 && (open.at(-1)?.indent ?? 0) >= ended) open.pop();
    const path = [...(header === '' ? [] : [header]), ...open.map((one) => one.name)].join('.');
    const [, label, second] = isComment ? [] : (LABELED.exec(line) ?? []);
    const key = isComment ? undefined : (second ?? label ?? KEY.exec(line)?.[1]);
    // A key beside a name is in its section: `name: HV_ACTION_URL`, then `value: /a`.
    if (named !== undefined) open.push({ indent: indent - 0.5, name: named });
    else if (key !== undefined) open.push({ indent, name: key });
    return path;
  });
}

/** Most keys of one element that are in front of its name. */
const MAX_KEYS_BEFORE = 30;

/** The keys in front of a name are in its section as well: `value: /a`, then `name: HV_ACTION_URL`. */
function addToKeysBefore(name: string, index: number, lines: readonly string[], found: string[]): void {
  const column = findColumn(lines[index] ?? '');
  for (let at = index; at > 0 && index - at < MAX_KEYS_BEFORE; at -= 1) {
    if (/^\s*-/.test(lines[at] ?? '') && findColumn(lines[at] ?? '') === column) return; // the element begins here
    const before = lines[at - 1] ?? '';
    if (COMMENT.test(before)) continue;
    if (findColumn(before) < column || NAMED.test(before) || HEADER.test(before)) return;
    found[at - 1] = [found[at - 1], name].filter((one) => one !== '').join('.');
  }
}

/** The column of a line's key, after the mark of a list. */
function findColumn(line: string): number {
  return /^\s*(?:-\s+)*/.exec(line)?.[0].length ?? 0;
}

/** Whether a line has the value of a name that is in another line: `value: /a`, or an element of a list. */
export function isValueOfName(line: string): boolean {
  return VALUE.test(line) || (line.length < MAX_ELEMENT_CHARS && ELEMENT.test(line));
}

/** The part of a line from its key on: without its indent, quotes and marks of a list. */
export function trimToKey(line: string): string {
  return line.replace(/^[\s"'-]+/, '');
}
