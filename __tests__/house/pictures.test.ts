/** The pictures of the documents show what the built action writes today: `npm run images` makes them anew. */

import { pictures, sourceDigests } from '../support/pictures.ts';
import { projectFiles, projectText } from './markdown.ts';

test('every picture shows the output of a fresh run', async () => {
  const all = await pictures();
  expect(JSON.parse(projectText('docs/images/sources.json'))).toEqual(sourceDigests(all));
  const files = projectFiles().filter((path) => path.startsWith('docs/images/') && path.endsWith('.png'));
  expect(files.sort()).toEqual(all.map(({ name }) => `docs/images/${name}.png`).sort());
});
