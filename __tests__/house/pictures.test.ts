/** The pictures of the documents show what the built action writes today: `npm run images` renews them. */

import { computeSourceDigests, drawPictures } from '../support/pictures.ts';
import { listProjectFiles, readProjectFile } from './markdown.ts';

test('every picture shows the output of a fresh run', async () => {
  const all = await drawPictures();
  expect(JSON.parse(readProjectFile('docs/images/sources.json'))).toEqual(computeSourceDigests(all));
  const files = listProjectFiles().filter((path) => path.startsWith('docs/images/') && path.endsWith('.png'));
  expect(files.sort()).toEqual(all.map(({ name }) => `docs/images/${name}.png`).sort());
});
