/** Which files are transforms, and which of them change anything. */
import { declaresXdt, usesXdt } from '../../../../src/formats/dotnet/xdt/step.ts';
import { toPlacedElement } from '../../../../src/formats/dotnet/xdt/tree.ts';
import { parseXml } from '../../../../src/syntax/xml.ts';

const NAMESPACE = 'http://schemas.microsoft.com/XML-Document-Transform';

test.each([
  ['<a/>', false, false],
  ['<a xmlns="NS"/>', false, false],
  ['<a xmlns:t="urn:t" t:Transform="Remove"/>', false, false],
  ['<a t="NS" t:Transform="Remove"/>', false, false],
  ['<a xmlns:t="NS"/>', true, false],
  ['<a xmlns:o="urn:o" xmlns:t="NS"/>', true, false],
  ['<a><b/><b xmlns:t="NS"/></a>', true, false],
  ['<a xmlns:t="NS" Transform="Remove" t:Other="x"/>', true, false],
  ['<a xmlns:t="NS"><b xmlns:t="urn:o" t:Transform="Remove"/></a>', true, false],
  ['<a xmlns:t="NS" t:Transform="Remove"/>', true, true],
  ['<a xmlns:t="NS" t="x" t:Transform="Remove"/>', true, true],
  ['<a xmlns:t="NS" t:Locator="Match(key)"/>', true, true],
  ['<a xmlns:t="NS"><b/><b key="x" t:Transform="Remove"/></a>', true, true],
])('%s declares the namespace is %j, and uses it is %j', (text, declares, uses) => {
  const parsed = parseXml(text.replace('NS', NAMESPACE));
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  const root = toPlacedElement('Web.Release.config', parsed.root);
  expect([declaresXdt(root), usesXdt(root)]).toEqual([declares, uses]);
});
