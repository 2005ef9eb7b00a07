/** A document that says nothing, to put settings into. */
import type { ConfigDocument } from '../../src/model/document.ts';

export const EMPTY_DOCUMENT: ConfigDocument = {
  file: 'a.yml',
  part: null,
  format: 'spring',
  role: 'client',
  completeness: 'patch',
  environment: 'none',
  settings: [],
  defaults: {},
  notExpressible: [],
  lints: [],
  digest: null,
};
