/** Lead times as their publishers write them, through the whole review to what people read. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { renderJson } from '../src/render/json.ts';
import { renderText } from '../src/render/text/text.ts';
import { reviewFiles } from './support/review-files.ts';

const policyWith = (...times: readonly string[]): string => `name: own
title: Own
watch: []
office: { time-zone: UTC, opens: '09:00', closes: '17:00' }
holidays: { calendar: none }
categories:
${times.map((time, index) => `  c${index}: { title: C${index}, label: l/${index}, blocks: until-label, ${time}, questions: { configuration: 'yes', workflow: 'no' } }\n`).join('')}  unknown: { title: Unknown, label: l/unknown, blocks: until-label, questions: { configuration: 'yes', workflow: 'no' } }
  none: { title: None, blocks: never, nothing: true, questions: { configuration: 'no', workflow: 'no' } }
steps: {}
documents: [{ files: [a.json], format: json, settings: { rest.*: { path: '$.*', type: any } } }]
rules:
${times.map((_, index) => `  r${index}: { when: { setting: rest.k${index} }, category: c${index}, reason: R. }\n`).join('')}  rest: { when: anything, category: unknown, reason: Nobody knows. }
`;

/** Friday. */
const NOW = '2026-11-20T12:00:00Z';

const review = (...times: readonly string[]) => {
  const head = JSON.stringify(Object.fromEntries(times.map((_, index) => [`k${index}`, 1])));
  return reviewFiles(policyWith(...times), { 'a.json': '{}' }, { 'a.json': head }, NOW);
};
const read = async (...times: readonly string[]): Promise<readonly string[]> => {
  const text = renderText(await review(...times), { color: false, width: 200 });
  return text
    .split('\n')
    .filter((line) => /Earliest go-live|Lead time|store review/i.test(line))
    .map((line) => line.trim());
};

test.each([
  ['lead-time: { min: 24, max: 24, unit: hours }', '2026-11-21', '2026-11-21', '24 hours'],
  ['lead-time: { max: 120, unit: hours }', '2026-11-20', '2026-11-25', 'up to 120 hours'],
  ['lead-time: { min: 1, max: 3, unit: days }', '2026-11-21', '2026-11-23', '1 to 3 days'],
  ['lead-time: { max: 7, unit: business-days }', '2026-11-20', '2026-12-01', 'up to 7 business days'],
  ['lead-time: { min: 7, unit: days }', '2026-11-27', undefined, '7 days or longer'],
  ['lead-time: { min: 1, unit: weeks }', '2026-11-27', undefined, '1 week or longer'],
  [
    "lead-time: { min: 24, unit: hours, words: 'about 24 hours for most' }",
    '2026-11-21',
    undefined,
    'about 24 hours for most',
  ],
])('%s is shown as published', async (time, from, to, words) => {
  const { earliestGoLive } = await review(time);
  expect([earliestGoLive?.from, earliestGoLive?.to]).toEqual([from, to]);
  expect(earliestGoLive?.calendar.endsWith('No longest time is published.')).toBe(to === undefined);
  const shown = (await read(time)).join(' ');
  expect(shown).toContain(words);
  expect(shown.includes('or later')).toBe(to === undefined);
});

test('a time without a number is shown in the words of its publisher, without a date', async () => {
  const time = "lead-time: { words: 'up to several weeks' }";
  const { earliestGoLive, leadTime } = await review(time);
  expect(earliestGoLive).toBeNull();
  expect(leadTime).toEqual({ words: 'up to several weeks', sources: [] });
  expect((await read(time)).join(' ')).toMatch(/Lead time\W+up to several weeks/);
});

test.each([
  ["lead-time: { words: 'up to several weeks' }", 'up to several weeks'],
  ['lead-time: { min: 7, unit: days }', '7 days or longer'],
  ['unpublished: [store review]', 'store review'],
])('%s of one category leaves the other without an upper end', async (open, words) => {
  const times = ['lead-time: { min: 2, max: 3, unit: weeks }', open];
  const { earliestGoLive } = await review(...times);
  expect([earliestGoLive?.from, earliestGoLive?.to]).toEqual(['2026-12-04', undefined]);
  expect((await read(...times)).join(' ')).toContain(words);
});

test('reports follow their schema', async () => {
  const schema = readFileSync(new URL('../schemas/report.schema.json', import.meta.url), 'utf8');
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(schema) as object);
  for (const time of [
    '{ max: 7, unit: days }',
    '{ min: 7, unit: hours }',
    '{ words: some weeks }',
    '{ min: 1, max: 2, unit: days }',
  ]) {
    validate(JSON.parse(renderJson(await review(`lead-time: ${time}`))));
    expect([time, validate.errors]).toEqual([time, null]);
  }
});

test('times of several publishers are shown together', async () => {
  const { leadTime } = await review("lead-time: { words: 'several weeks' }", "lead-time: { words: 'some days' }");
  expect(leadTime?.words).toBe('several weeks; some days');
});
