/** Reads XML in canonical form, which knows no CDATA, no entities but five and no single quotes: small enough to be seen to be right. */

/** An element in the form that both parsers can give. Namespace declarations are left out: canonical form moves them. */
export interface PlainElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly PlainElement[];
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
  readonly children: Open[];
}

const TOKEN = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/[^>]*>|<([^\s>]+)((?:\s[^=\s]+="[^"]*")*)>|([^<]+)/g;

/** @throws Error when the text is not in canonical form. */
export function readCanonical(text: string): PlainElement {
  const document: Open = { name: '', attributes: {}, text: '', children: [] };
  const open = [document];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index !== at) throw new Error(`not canonical: ${text.slice(at, at + 60)}`);
    at += match[0].length;
    const [token, name, attributes = '', words] = match;
    const parent = open.at(-1) ?? document;
    if (words !== undefined) parent.text += unescaped(words);
    else if (name !== undefined) {
      const element: Open = { name, attributes: attributesOf(attributes), text: '', children: [] };
      parent.children.push(element);
      open.push(element);
    } else if (token.startsWith('</')) open.pop();
  }
  const [root] = document.children;
  if (root === undefined || at !== text.length || open.length !== 1)
    throw new Error('not canonical: no whole document');
  return root;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/\s([^=\s]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    unescaped(value),
  ]);
  return Object.fromEntries(pairs.filter(([name = '']) => !isNamespace(name)));
}

/** `xmlns` and `xmlns:prefix`. */
export function isNamespace(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x9;': '\t',
  '&#xA;': '\n',
  '&#xD;': '\r',
};

function unescaped(text: string): string {
  return text.replace(/&[^;]*;/g, (entity) => ENTITIES[entity] ?? entity);
}
