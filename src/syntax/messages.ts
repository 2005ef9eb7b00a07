/** Messages for unreadable texts: encodings, XML, properties, YAML, JSON, Ruby tags and Python. */
import { defineMessage } from '../model/messages.ts';

/** Problems of the parsers. */
export const messages = {
  textEncodingUnknown: defineMessage(
    'text-encoding-unknown',
    ({ encoding }: { encoding: string }) =>
      `The file declares the encoding "${encoding}", which the gate does not read. Save it as UTF-8.`,
    'Save the file as UTF-8.',
  ),
  textEncodingMismatch: defineMessage(
    'text-encoding-mismatch',
    ({ encoding }: { encoding: string }) =>
      `The file declares ${encoding}, but has other bytes. Save it as UTF-8, and declare UTF-8 or remove the declaration.`,
    'Save the file as UTF-8. Then declare UTF-8 or remove the declaration.',
  ),
  textInvalidBytes: defineMessage(
    'text-invalid-bytes',
    ({ encoding }: { encoding: string }) => `The file is not valid ${encoding}. Save it as UTF-8.`,
    'The file contains bytes that the encoding does not have. Save it as UTF-8.',
  ),
  textNul: defineMessage(
    'text-nul',
    'The file contains NUL characters, so it is not text. Save it as UTF-8.',
    'The file is binary, or UTF-16 without a byte order mark. Save it as UTF-8.',
  ),
  xmlNotWellFormed: defineMessage(
    'xml-not-well-formed',
    ({ detail }: { detail: string }) => `The XML is not well-formed: ${detail}`,
    'Fix the XML at the line and column in the message. The platform rejects it too.',
  ),
  xmlVersion: defineMessage(
    'xml-version',
    'The gate reads only XML 1.0. Write version="1.0".',
    'Write `version="1.0"` in the XML declaration.',
  ),
  xmlDoctypeDeclarations: defineMessage(
    'xml-doctype-declarations',
    'The document type declares entities or default attributes, which can change every value. Write the values out and remove the declarations.',
    'Write the values out, and remove the entities and default attributes from the document type.',
  ),
  xmlTooDeep: defineMessage(
    'xml-too-deep',
    ({ limit }: { limit: number }) => `Elements are nested more than ${limit} levels deep. Remove levels.`,
    'The gate reads at most 256 levels of elements, more than configuration needs. Remove levels.',
  ),
  propertiesEscape: defineMessage(
    'properties-escape',
    'A \\u escape lacks its four hexadecimal digits, so Java rejects the whole file. Fix the escape.',
    'Write four hexadecimal digits after `\\u`, or a double backslash.',
  ),
  json5Syntax: defineMessage(
    'json5-syntax',
    ({ reason }: { reason: string }) => `This is not valid JSON with comments: ${reason}`,
    'Fix the JSON5 at the line and column in the message.',
  ),
  tomlSyntax: defineMessage(
    'toml-syntax',
    ({ reason }: { reason: string }) => `This is not valid TOML: ${reason}`,
    'Fix the TOML at the line and column in the message.',
  ),
  plistShape: defineMessage(
    'plist-shape',
    ({ found }: { found: string }) => `The element ${found} is not valid here in a property list. Remove it.`,
    'Write alternating keys and values in `dict`, as Xcode does.',
  ),
  gradleSyntax: defineMessage(
    'gradle-syntax',
    'A bracket or a quote of this build script is not in a pair. Close it, or remove it.',
    'Close the bracket or quote at the line in the message, or remove it.',
  ),
  yamlSyntax: defineMessage(
    'yaml-syntax',
    ({ reason }: { reason: string }) => `This is not valid YAML: ${reason}.`,
    'Fix the YAML at the line and column in the message.',
  ),
  yamlUnreadable: defineMessage(
    'yaml-unreadable',
    'The text is not valid YAML. Check that it is the right file.',
    'Check that the path names the right file.',
  ),
  yamlTooDeep: defineMessage(
    'yaml-too-deep',
    ({ limit }: { limit: number }) => `Maps and lists are nested more than ${limit} levels deep. Remove levels.`,
    'The gate reads at most 256 levels of maps and lists, more than configuration needs. Remove levels.',
  ),
  yamlSeveralDocuments: defineMessage(
    'yaml-several-documents',
    'A second YAML document starts here, expected one document. Split the file at ---.',
    'Split the file at `---`.',
  ),
  yamlTag: defineMessage(
    'yaml-tag',
    'Found a YAML tag, expected a plain value. If the value begins with an exclamation mark, put it in quotes.',
    'Remove the tag (`!name`). If the value begins with an exclamation mark, put it in quotes.',
  ),
  yamlUnknownAlias: defineMessage(
    'yaml-unknown-alias',
    'This alias refers to an anchor that does not appear above it. Define the anchor, or write the value out.',
    'Define the anchor `&name` above the alias `*name`, or write the value out.',
  ),
  yamlCircularAlias: defineMessage(
    'yaml-circular-alias',
    'This alias is inside the anchor that it refers to, so the document would never end. Write the value out.',
    'Write the value out in place of the alias.',
  ),
  yamlAliasBomb: defineMessage(
    'yaml-alias-bomb',
    ({ nodes }: { nodes: number }) => `Aliases repeat more than ${nodes} nodes. Write the values out.`,
    'Write the values out in place of the aliases, which multiply the size of the file.',
  ),
  yamlComplexKey: defineMessage(
    'yaml-complex-key',
    'Found a map or a list as a key, expected a plain text.',
    'Write a plain text as the key.',
  ),
  yamlMergeKey: defineMessage(
    'yaml-merge-key',
    'Found a merge key (<<), expected plain keys. Write every key out.',
    'Write every key out, because `<<` hides which keys apply.',
  ),
  yamlDuplicateKey: defineMessage(
    'yaml-duplicate-key',
    ({ key }: { key: string }) => `The key "${key}" appears twice in the same map. Remove one.`,
    'Remove one of the keys, because parsers disagree on which one counts.',
  ),
  yamlLineEnd: defineMessage(
    'yaml-line-end',
    'This text contains U+0085, U+2028 or U+2029, which older YAML parsers read as the end of a line. Remove the character.',
    'Remove the character, or put the text in quotes. Ruby, Spring and GitHub Actions end a line at U+0085, U+2028 and U+2029, which most editors do not show.',
  ),
  jsonSyntax: defineMessage(
    'json-syntax',
    ({ reason }: { reason: string }) => `This is not valid JSON: ${reason}.`,
    'Fix the JSON at the line and column in the message. JSON has no comments and no trailing commas.',
  ),
  jsonDuplicateKey: defineMessage(
    'json-duplicate-key',
    ({ key }: { key: string }) => `The key "${key}" appears twice in the same object. Remove one.`,
    'Remove one of the keys.',
  ),
  jsonTooDeep: defineMessage(
    'json-too-deep',
    ({ limit }: { limit: number }) => `Objects and arrays are nested more than ${limit} levels deep. Remove levels.`,
    'The gate reads at most 256 levels of objects and arrays, more than configuration needs. Remove levels.',
  ),
  erbCode: defineMessage(
    'erb-code',
    'Found Ruby code, which can change every value below, expected only <%= ... %> inside values. Remove it.',
    'Remove Ruby code outside values, and use only `<%= ... %>` inside values.',
  ),
  erbUnclosed: defineMessage(
    'erb-unclosed',
    'A Ruby tag opens here and is not closed on the same line. Close it.',
    'Close the Ruby tag on the line where it opens.',
  ),
  pythonTextOpen: defineMessage(
    'python-text-open',
    'A text that begins here is not closed, so the gate cannot read the settings below it. Close it.',
    'Close the text that begins at the line in the message.',
  ),
  pythonNestedQuotes: defineMessage(
    'python-nested-quotes',
    'A formatted text contains its own kind of quotes, or a comment, within braces. Python versions read it differently. Use other quotes within the braces.',
    'Use the other kind of quotes within the braces, or assign the inner value to a name first. Python 3.12 and older versions read such a text differently.',
  ),
  pythonEncoding: defineMessage(
    'python-encoding',
    ({ encoding }: { encoding: string }) =>
      `The file declares the encoding "${encoding}", with which Python can read other characters than reviewers see. Save it as UTF-8.`,
    'Save the file as UTF-8, and remove the comment `coding:` from its first two lines.',
  ),
  pythonBracketOpen: defineMessage(
    'python-bracket-open',
    'A bracket that opens here is not closed, so the gate cannot read the settings below it. Close it.',
    'Close the bracket that opens at the line in the message.',
  ),
};
