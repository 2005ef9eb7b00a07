/** Why a text cannot be read: encodings, XML, properties, YAML, JSON, Ruby tags and Python. */
import { defineMessage } from '../model/messages.ts';

/** Problems of the parsers. */
export const messages = {
  textEncodingUnknown: defineMessage(
    'text-encoding-unknown',
    ({ encoding }: { encoding: string }) =>
      `The file declares the encoding "${encoding}", which is not read here. Save it as UTF-8.`,
    'The file declares an encoding that is not read. Save it as UTF-8.',
  ),
  textEncodingMismatch: defineMessage(
    'text-encoding-mismatch',
    ({ encoding }: { encoding: string }) =>
      `The file declares ${encoding}, but its bytes are not. Save it as UTF-8 and say so, or leave the declaration out.`,
    'The declared encoding and the bytes disagree. Save it as UTF-8 and say so in the declaration, or leave that out.',
  ),
  textInvalidBytes: defineMessage(
    'text-invalid-bytes',
    ({ encoding }: { encoding: string }) => `The file is not valid ${encoding}. Save it as UTF-8.`,
    'Bytes that the encoding does not have. Save the file as UTF-8.',
  ),
  textNul: defineMessage(
    'text-nul',
    'The file holds NUL characters, so it is not text that can be read.',
    'NUL characters: a binary file, or UTF-16 without its mark. Save it as UTF-8.',
  ),
  xmlNotWellFormed: defineMessage(
    'xml-not-well-formed',
    ({ detail }: { detail: string }) => `The XML is not well-formed here: ${detail}`,
    'The XML has a mistake at the line and column given. Fix it; parsers of the platform refuse it too.',
  ),
  xmlVersion: defineMessage('xml-version', 'Only XML 1.0 is read.', 'Only XML 1.0 is read. Write `version="1.0"`.'),
  xmlDoctypeDeclarations: defineMessage(
    'xml-doctype-declarations',
    'The document type declares entities or default attributes, which could change what the file says. Write the values out and leave the declarations away.',
    'The document type declares entities or default attributes. Write the values out and remove the declarations.',
  ),
  xmlTooDeep: defineMessage(
    'xml-too-deep',
    ({ limit }: { limit: number }) => `Elements are nested more than ${limit} levels deep.`,
    'More than 256 levels of elements. No configuration needs that.',
  ),
  propertiesEscape: defineMessage(
    'properties-escape',
    'A \\u escape needs four hexadecimal digits; Java refuses the whole file.',
    '`\\u` needs four hexadecimal digits; Java refuses the whole file.',
  ),
  json5Syntax: defineMessage(
    'json5-syntax',
    ({ reason }: { reason: string }) => `This is not valid JSON with comments: ${reason}`,
    'Not valid JSON5 at the line and column given.',
  ),
  tomlSyntax: defineMessage(
    'toml-syntax',
    ({ reason }: { reason: string }) => `This is not valid TOML: ${reason}`,
    'Not valid TOML at the line and column given.',
  ),
  plistShape: defineMessage(
    'plist-shape',
    ({ found }: { found: string }) => `The element ${found} has no meaning here in a property list.`,
    'Write the list as Xcode does: keys and values in turn within `dict`.',
  ),
  gradleSyntax: defineMessage(
    'gradle-syntax',
    'A bracket or a quote of this build script does not end, or ends without a beginning.',
    'Brackets and quotes of the script must be in pairs.',
  ),
  yamlSyntax: defineMessage(
    'yaml-syntax',
    ({ reason }: { reason: string }) => `This is not valid YAML: ${reason}.`,
    'Not valid YAML at the line and column given.',
  ),
  yamlUnreadable: defineMessage(
    'yaml-unreadable',
    'This text could not be read as YAML.',
    'The text could not be read as YAML at all. Check that it is the file you meant.',
  ),
  yamlTooDeep: defineMessage(
    'yaml-too-deep',
    ({ limit }: { limit: number }) =>
      `Maps and lists are nested more than ${limit} levels deep; no configuration needs that.`,
    'More than 256 levels of maps and lists.',
  ),
  yamlSeveralDocuments: defineMessage(
    'yaml-several-documents',
    'A second YAML document starts here; expected one document in the file.',
    'Only one document is expected. Split the file at `---`.',
  ),
  yamlTag: defineMessage(
    'yaml-tag',
    'This is a YAML tag (a word that begins with an exclamation mark); expected plain values. Put the value in quotes if it begins with an exclamation mark.',
    'A tag (`!name`) was found in place of a plain value. Quote values that begin with an exclamation mark.',
  ),
  yamlUnknownAlias: defineMessage(
    'yaml-unknown-alias',
    'This alias names no anchor above it.',
    '`*name` without an anchor `&name` before it.',
  ),
  yamlCircularAlias: defineMessage(
    'yaml-circular-alias',
    'This alias is inside the anchor that it names, so the document would never end.',
    'An alias inside its own anchor. Write the value out.',
  ),
  yamlAliasBomb: defineMessage(
    'yaml-alias-bomb',
    ({ nodes }: { nodes: number }) => `Aliases repeat more than ${nodes} nodes; write the values out.`,
    "Aliases that multiply the file's size. Write the values out.",
  ),
  yamlComplexKey: defineMessage(
    'yaml-complex-key',
    'A map or a list is used as a key here; expected a plain text.',
    'A map or list as a key. Use a plain text.',
  ),
  yamlMergeKey: defineMessage(
    'yaml-merge-key',
    'This is a merge key (<<); expected every key written out.',
    '`<<` hides which keys hold. Write every key out.',
  ),
  yamlDuplicateKey: defineMessage(
    'yaml-duplicate-key',
    ({ key }: { key: string }) => `The key "${key}" is given twice in the same map; expected it once.`,
    'The same key twice in a map: readers disagree on which one counts. Keep one.',
  ),
  yamlLineEnd: defineMessage(
    'yaml-line-end',
    'A character that older YAML parsers take for the end of a line appears here (U+0085, U+2028 or U+2029). The lines that the application reads are not the ones that are shown.',
    'Ruby, Spring and GitHub Actions end a line at U+0085, U+2028 and U+2029, and most editors do not show them. Remove the character, or put the text in quotes.',
  ),
  jsonSyntax: defineMessage(
    'json-syntax',
    ({ reason }: { reason: string }) => `This is not valid JSON: ${reason}.`,
    'Not valid JSON at the line and column given (comments and trailing commas are not JSON).',
  ),
  jsonDuplicateKey: defineMessage(
    'json-duplicate-key',
    ({ key }: { key: string }) => `The key "${key}" is given twice in the same object; expected it once.`,
    'The same key twice in an object. Keep one.',
  ),
  jsonTooDeep: defineMessage(
    'json-too-deep',
    ({ limit }: { limit: number }) =>
      `Objects and arrays are nested more than ${limit} levels deep; no configuration needs that.`,
    'More than 256 levels of objects and arrays.',
  ),
  erbCode: defineMessage(
    'erb-code',
    'This is Ruby code, which can change every value below; expected only <%= ... %> inside values.',
    'Ruby code outside values can change everything below. Keep to `<%= ... %>` inside values.',
  ),
  erbUnclosed: defineMessage(
    'erb-unclosed',
    'A Ruby tag opens here and is not closed on the same line.',
    'Close the Ruby tag on the line where it opens.',
  ),
  pythonTextOpen: defineMessage(
    'python-text-open',
    'A text that begins here is never closed, so the settings below it cannot be read.',
    'Close the text that begins at the line given.',
  ),
  pythonNestedQuotes: defineMessage(
    'python-nested-quotes',
    'A formatted text contains its own quotes or a comment within braces. Python 3.12 and older versions read what follows differently.',
    'Assign the inner value to a name first, or use the other kind of quotes within the braces.',
  ),
  pythonEncoding: defineMessage(
    'python-encoding',
    ({ encoding }: { encoding: string }) =>
      `The file declares the encoding "${encoding}", by which Python may read other characters than are shown. Save it as UTF-8.`,
    'Python decodes the file by the comment `coding:` in one of its first two lines. Save it as UTF-8 and remove the comment.',
  ),
  pythonBracketOpen: defineMessage(
    'python-bracket-open',
    'A bracket that opens here is never closed, so the settings below it cannot be read.',
    'Close the bracket that opens at the line given.',
  ),
};
