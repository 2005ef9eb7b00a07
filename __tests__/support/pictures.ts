/** The pages behind the pictures of `docs/images/`: comments and reports of the story in the README, as the built action wrote them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/model/report.ts';
import { renderHtml } from '../../src/render/html/html.ts';
import { createStoryIo, playStoryFile } from '../../src/stories/simulate.ts';
import { buildCommentPage } from './browser.ts';

const root = join(import.meta.dirname, '..', '..');
const storyPath = join(root, 'examples', 'first-review.yml');

/** A page, and how it is looked at. */
export interface Picture {
  readonly name: string;
  readonly page: string;
  readonly width: number;
  readonly dark: boolean;
}

interface Step {
  readonly comment: { readonly text: string };
  readonly report: Report;
}

async function play(): Promise<(step: number) => Step> {
  let printed = '';
  const io = createStoryIo(storyPath, join(root, 'dist', 'index.js'), (text) => {
    printed += text;
  });
  const exit = await playStoryFile(readFileSync(storyPath, 'utf8'), storyPath, { ...io, show: 'json' });
  if (exit !== 0) throw new Error(`${storyPath} does not end as it says.`);
  const steps = JSON.parse(printed) as readonly Step[];
  return (number) => {
    const step = steps[number - 1];
    if (step === undefined) throw new Error(`The story has no step ${number}.`);
    return step;
  };
}

/** All pictures, from a fresh run. */
export async function drawPictures(): Promise<readonly Picture[]> {
  const step = await play();
  const [blocked, passed] = [step(2), step(9)];
  // The embedded GitHub listens on another port in each run.
  const getComment = ({ comment: { text } }: Step): string =>
    buildCommentPage(text.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://github.com'));
  return [
    { name: 'comment-blocked', page: getComment(blocked), width: 1000, dark: false },
    { name: 'comment-blocked-dark', page: getComment(blocked), width: 1000, dark: true },
    { name: 'comment-passed', page: getComment(passed), width: 1000, dark: false },
    { name: 'report', page: renderHtml(blocked.report), width: 1280, dark: false },
  ];
}

/** SHA-256 of the page behind each picture, by its name. */
export function computeSourceDigests(all: readonly Picture[]): Readonly<Record<string, string>> {
  return Object.fromEntries(all.map(({ name, page }) => [name, createHash('sha256').update(page).digest('hex')]));
}
