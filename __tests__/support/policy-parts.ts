/** Parts of a policy with the least that each of them can contain. */
import type { Category, Rule, Step } from '../../src/model/policy.ts';

/** A category that a label clears, without steps and times. */
export const makeCategory = (more: Pick<Category, 'id' | 'title' | 'label'> & Partial<Category>): Category => ({
  blocks: 'until-label',
  attests: null,
  leadTime: null,
  steps: [],
  questions: { configuration: 'yes', workflow: 'no' },
  unpublished: [],
  nothing: false,
  ...more,
});

/** A required step before the review, without evidence. */
export const makeStep = (more: Pick<Step, 'id' | 'title' | 'text' | 'who'> & Partial<Step>): Step => ({
  phase: 'before-review',
  required: true,
  contact: null,
  document: null,
  sources: [],
  evidence: { files: [], settings: [], labels: [] },
  request: false,
  ...more,
});

/** A rule that matches every change. */
export const makeRule = (more: Pick<Rule, 'id' | 'category' | 'reason'> & Partial<Rule>): Rule => ({
  when: [{}],
  also: [],
  about: 'registered',
  workflowUnknown: null,
  note: null,
  sources: [],
  withoutSteps: [],
  addSteps: [],
  leadTime: null,
  unpublished: [],
  enforcement: 'required',
  ...more,
});
