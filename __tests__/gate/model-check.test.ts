/** The gate against a model of "may merge": whatever people do in whatever order, both say the same. */
import { checkModel } from '../support/check-model.ts';

test('the gate never passes a history that the model blocks, and passes all that it can prove', async () => {
  await checkModel(true);
}, 1_800_000);
