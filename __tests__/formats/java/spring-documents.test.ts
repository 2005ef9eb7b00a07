import { spring } from '../../../src/formats/java/spring.ts';
import { getOnlyDocument, readContext } from '../../support/read-context.ts';
import { parts, read } from './spring-support.ts';

test.each([
  ['application.yml.bak', false],
  ['my-application.yml', false],
  ['application.properties.yml', true],
])('claims %s (%s)', (path, claimed) => {
  expect(spring.matchesPath(path, readContext())).toBe(claimed);
});

test('the document has the role of a client, and the files beside it are checked', () => {
  expect(getOnlyDocument(read('healthvault.timeout: 5'))).toEqual({
    file: 'src/application.yml',
    part: null,
    format: spring.id,
    role: 'client',
    completeness: 'complete',
    environment: 'none',
    settings: [
      {
        id: 'client.runtime.timeout',
        value: { kind: 'text', meaning: '5', shown: '5' },
        at: { file: 'src/application.yml', line: 1, column: 22 },
      },
    ],
    defaults: {},
    notExpressible: [],
    lints: [],
    digest: null,
  });
  expect([spring.id, spring.needsSiblings]).toEqual(['spring', true]);
});

describe('the parts of a file', () => {
  test('are named by the file and its documents', () => {
    const text =
      'healthvault.a: 1\n---\nspring.config.activate.on-profile: [x, y]\nhealthvault.a: 2\n---\nhealthvault.a: 3';
    expect(parts(read(text, {}, 'application-eu-live.yml')).map((part) => part.split(':')[0])).toEqual([
      'eu-live',
      'eu-live, x, y',
      'eu-live (2)',
    ]);
    expect(parts(read(text, {}, 'applications.yml')).map((part) => part.split(':')[0])).toEqual([
      'null',
      'x, y',
      'document 3',
    ]);
  });

  test('are named by profiles as written, and by no similar key', () => {
    const names = (text: string, path = 'application.properties'): readonly string[] =>
      parts(read(`${text}\nhealthvault.a=1\n`, {}, path)).map((part) => part.split(':')[0] ?? '');
    expect(names('spring.profiles=x ')).toEqual(['x']);
    const many = Array.from({ length: 11 }, (_, at) => `spring.profiles[${at}]=p${at}`).join('\n');
    expect(names(many)).toEqual(['p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10']);
    expect(names('spring.profiles.0.x=y')).toEqual(['null']);
    expect(names('spring.0.profiles=y')).toEqual(['null']);
    expect(names('', 'application.application-x.properties')).toEqual(['null']);
    expect(names('', 'application-x.y.properties')).toEqual(['x.y']);
    expect(parts(read('healthvault: {a: 1}', {}, 'application.properties.yml'))).toEqual([
      'null: 1:18 client.runtime.a 1',
    ]);
  });

  test('end in properties only at a separator line', () => {
    const text = 'healthvault.a=1\n#--- \nspring.profiles=x\nhealthvault.a=2\n#---x\n #---\nhealthvault.b=3\n';
    expect(parts(read(text, {}, 'application.properties'))).toEqual([
      'null: 1:15 client.runtime.a 1',
      'x: 4:15 client.runtime.a 2, 7:15 client.runtime.b 3',
    ]);
  });
});
