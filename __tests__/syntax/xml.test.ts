import fc from 'fast-check';
import {
  findAttribute,
  findChild,
  listChildrenNamed,
  MAX_XML_DEPTH,
  parseXml,
  type XmlElement,
} from '../../src/syntax/xml.ts';
import { buildAnyText } from '../support/any-text.ts';

function rootOf(text: string): XmlElement {
  const parsed = parseXml(text);
  if ('problem' in parsed) throw new Error(JSON.stringify(parsed.problem));
  return parsed.root;
}

describe('the XML parser', () => {
  test('has names, values, text and exact positions', () => {
    const root = rootOf(
      '<?xml version="1.0"?>\r\n<!-- <x/> -->\r\n<p:a x=\'1&amp;"2\'\r\n  y:z = "é😀 ">te<!-- c -->xt&#65;<![CDATA[<q>]]><b/><b c="1"/></p:a>\r\n',
    );
    expect(root).toMatchObject({ name: 'p:a', local: 'a', prefix: 'p', text: 'textA<q>', at: { line: 3, column: 1 } });
    expect(root.attributes).toEqual([
      { name: 'x', local: 'x', prefix: '', value: '1&"2', at: { line: 3, column: 6 }, valueAt: { line: 3, column: 9 } },
      {
        name: 'y:z',
        local: 'z',
        prefix: 'y',
        value: 'é😀 ',
        at: { line: 4, column: 3 },
        valueAt: { line: 4, column: 10 },
      },
    ]);
    expect(listChildrenNamed(root, 'b').map(({ at }) => at.column)).toEqual([50, 54]);
    expect(findAttribute(root, 'y:z')?.value).toBe('é😀 ');
    expect(findAttribute(root, 'z')).toBeNull();
    expect(findChild(root, 'b')?.attributes).toEqual([]);
    expect(findChild(root, 'c')).toBeNull();
  });

  test('counts columns in UTF-16 units', () => {
    expect(findChild(rootOf('<a>😀<b/></a>'), 'b')?.at).toEqual({ line: 1, column: 6 });
  });

  test('normalizes line ends in text', () => {
    expect(rootOf('<a>1\r\n2\r3</a>').text).toBe('1\n2\n3');
  });

  test.each([
    ['the built-in entities', '<a>&lt;&gt;&amp;&apos;&quot;&#x41;</a>', '<>&\'"A'],
    ['a document type with an external id', '<!DOCTYPE a PUBLIC "-//x" "http://x/y.dtd"><a>1</a>', '1'],
    ['a public id with an apostrophe', `<!DOCTYPE a PUBLIC "-//x's" 'y"'><a>1</a>`, '1'],
    ['a document type with a name in another script', '<!DOCTYPE \u00e9l\u00e9ment.1><a>1</a>', '1'],
    ['a subset that declares no values', '<!DOCTYPE a [<!ELEMENT a ANY>]><a>1</a>', '1'],
    ['names like constructor', '<constructor __proto__="1">1</constructor>', '1'],
  ])('accepts %s', (_name, text, content) => {
    expect(rootOf(text).text).toBe(content);
  });

  test.each([
    ['nothing', '', 'xml-not-well-formed'],
    ['no element', 'text', 'xml-not-well-formed'],
    ['an unclosed element', '<a>', 'xml-not-well-formed'],
    ['a wrong end tag', '<a><b></a></b>', 'xml-not-well-formed'],
    ['two roots', '<a/><b/>', 'xml-not-well-formed'],
    ['an instruction with an unfinished name', '<?a?b?><c/>', 'xml-not-well-formed'],
    ['text after the root', '<a/>x', 'xml-not-well-formed'],
    ['an undeclared entity', '<a>&nbsp;</a>', 'xml-not-well-formed'],
    ['a value without quotes', '<a b=c/>', 'xml-not-well-formed'],
    ['a repeated attribute', '<a b="1" b="1"/>', 'xml-not-well-formed'],
    ['< in a value', '<a b="<"/>', 'xml-not-well-formed'],
    ['a control character', '<a>\u0001</a>', 'xml-not-well-formed'],
    ['character reference zero', '<a>&#0;</a>', 'xml-not-well-formed'],
    ['half a surrogate pair', '<a>\ud800</a>', 'xml-not-well-formed'],
    ['-- in a comment', '<a><!-- -- --></a>', 'xml-not-well-formed'],
    [']]> in text', '<a>]]></a>', 'xml-not-well-formed'],
    ['a declaration that is not first', ' <?xml version="1.0"?><a/>', 'xml-not-well-formed'],
    ['a document type without a name', '<!DOCTYPE><a/>', 'xml-not-well-formed'],
    ['a document type with half an id', '<!DOCTYPE a PUBLIC "x"><a/>', 'xml-not-well-formed'],
    [
      'a public id with a character that it cannot have',
      '<!DOCTYPE a PUBLIC "-//x>//" "y"><a/>',
      'xml-not-well-formed',
    ],
    ['an apostrophe in a public id in apostrophes', `<!DOCTYPE a PUBLIC '-//x'y' "z"><a/>`, 'xml-not-well-formed'],
    ['a document type whose name begins with a digit', '<!DOCTYPE 1a><a/>', 'xml-not-well-formed'],
    ['a document type whose name has other characters', '<!DOCTYPE a&b><a/>', 'xml-not-well-formed'],
    ['XML 1.1', '<?xml version="1.1"?><a/>', 'xml-version'],
    ['an internal entity', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'xml-doctype-declarations'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a/>', 'xml-doctype-declarations'],
    ['a parameter entity', '<!DOCTYPE a [%x;]><a/>', 'xml-doctype-declarations'],
    ['default attributes', '<!DOCTYPE a [<!ATTLIST a b CDATA "1">]><a/>', 'xml-doctype-declarations'],
    ['1,000 levels', '<a>'.repeat(1000) + '</a>'.repeat(1000), 'xml-too-deep'],
  ])('rejects %s', (_name, text, id) => {
    expect(parseXml(text)).toMatchObject({ problem: { id } });
  });

  test('reports the place of an error', () => {
    expect(parseXml('<a>\n <b></c></a>')).toMatchObject({ problem: { at: { line: 2, column: 8 } } });
    expect(parseXml('<a>\r\n &x;</a>')).toMatchObject({ problem: { at: { line: 2 } } });
  });

  test(`reads ${MAX_XML_DEPTH} levels and no more`, () => {
    const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(parseXml(nested(MAX_XML_DEPTH))).toHaveProperty('root');
    expect(parseXml(nested(MAX_XML_DEPTH + 1))).toMatchObject({
      problem: { at: { line: 1, column: 3 * MAX_XML_DEPTH + 1 } },
    });
  });

  test('reports a problem for a truncated text, never an exception', () => {
    const text = '<?xml version="1.0"?><!DOCTYPE a SYSTEM "x"><a b="1&amp;2"><!-- c --><c>t&#65;</c><![CDATA[x]]></a>';
    for (let length = 0; length < text.length; length += 1) {
      expect(parseXml(text.slice(0, length))).toHaveProperty('problem');
    }
    expect(parseXml(text)).toHaveProperty('root');
  });

  test('never throws with random text', () => {
    const piece = fc.constantFrom(
      '<a',
      '<',
      '>',
      '/>',
      '</a>',
      '&',
      ';',
      '"',
      "'",
      '=',
      '<!DOCTYPE',
      '[',
      ']',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?xml',
      '?>',
      '\r',
      '\n',
      '😀',
      '\ud83d',
      ':',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, buildAnyText({ maxLength: 5 })), { maxLength: 30 }), (pieces) => {
        const parsed = parseXml(pieces.join(''));
        return 'root' in parsed || parsed.problem.message.length > 0;
      }),
      { numRuns: 2000 },
    );
  });

  test('returns values as they were written, at their places', () => {
    const escaped = (text: string): string => text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
    fc.assert(
      fc.property(fc.stringMatching(/^[\u0020-\ud7ff]*$/), fc.stringMatching(/^[ -~\n]*$/), (value, before) => {
        const lead = `<r>${escaped(before)}\n<a x="`;
        const parsed = rootOf(`${lead}${escaped(value)}">${escaped(value)}</a></r>`);
        const element = findChild(parsed, 'a');
        const lines = lead.split('\n');
        expect(element?.text).toBe(value);
        expect(element?.attributes[0]?.value).toBe(value);
        expect(element?.attributes[0]?.valueAt).toEqual({
          line: lines.length,
          column: (lines.at(-1)?.length ?? 0) + 1,
        });
      }),
    );
  });
});
