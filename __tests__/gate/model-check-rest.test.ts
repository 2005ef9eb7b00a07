/** The gate against the model of "may merge", where only REST answers. It runs beside the other suite of the model. */
import { checkModel } from '../support/check-model.ts';

test('by REST the gate never passes a history that the model blocks', async () => {
  await checkModel(false);
}, 1_800_000);
