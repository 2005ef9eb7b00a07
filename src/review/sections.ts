/** The sections of settings files: any key below `healthvault:` or `[HealthVault]` belongs to HealthVault. Pure. */

/** Files of nested settings: by indentation, by braces on lines of their own, or by headers in brackets. */
const NESTED_KIND = /\.(?:json[c5]?|ya?ml|toml|ini|conf|cfg|hocon|tfvars)$/i;

/** Whether a file of this name has sections. */
export function hasSections(path: string): boolean {
  return NESTED_KIND.test(path);
}

const HEADER = /^\s*\[+\s*["']?([^\]"']{1,100})["']?\s*\]+\s*(?:[#;].*)?$/;
const KEY = /^[\s"'-]*([\w.:-]{1,100})["']?\s*(?::|=|\{)/;
const NAMED = /^[\s"'-]*(?:name|key)["']?\s*[:=]\s*["']?([\w.:-]{1,100})/i;
const VALUE = /^[\s"'-]*value["']?\s*[:=]/i;
const COMMENT = /^\s*(?:#|;|\/\/|$)/;

interface OpenSection {
  readonly indent: number;
  readonly name: string;
}

/** For each line of a text, the names of the sections that it is in, from the outside in: `Logging.Console`. */
export function listSections(text: string): readonly string[] {
  let header = '';
  const open: OpenSection[] = [];
  return text.split(/\r\n|\n|\r/).map((line) => {
    const name = HEADER.exec(line)?.[1];
    if (name !== undefined) {
      header = name;
      open.length = 0;
      return '';
    }
    const indent = line.length - line.trimStart().length;
    const isComment = COMMENT.test(line);
    while (!isComment && open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
    const path = [...(header === '' ? [] : [header]), ...open.map((one) => one.name)].join('.');
    const key = isComment ? undefined : KEY.exec(line)?.[1];
    const named = isComment ? undefined : NAMED.exec(line)?.[1];
    // A key beside a name is in its section: `name: HV_ACTION_URL`, then `value: /a`.
    if (named !== undefined) open.push({ indent: indent - 0.5, name: named });
    else if (key !== undefined) open.push({ indent, name: key });
    return path;
  });
}

/** Whether a line has the value of a name that is in another line. */
export function isValueOfName(line: string): boolean {
  return VALUE.test(line);
}

/** The part of a line from its key on: without its indent, quotes and marks of a list. */
export function trimToKey(line: string): string {
  return line.replace(/^[\s"'-]+/, '');
}
