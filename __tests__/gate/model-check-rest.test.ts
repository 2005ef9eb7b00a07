/** The gate against the model of "may merge", where only REST answers. It runs beside the other suite of the model. */
import { checkModel } from '../support/check-model.ts';

test('by REST, too, the gate lets nothing through that the model does not', async () => {
  await checkModel(false);
}, 1_800_000);
