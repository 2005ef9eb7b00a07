/** Words and phrases that are not used here, and what to write instead (the rules and the glossary are in `docs/design.md`). */

export interface Habit {
  readonly pattern: RegExp;
  readonly use: string;
}

/** Every entry is one habit; a pattern is matched against one line of prose. */
export const habits: readonly Habit[] = [
  { pattern: /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b)/i, use: '"is not a ..."' },
  {
    pattern: /\bwhoever\b|\b(?:by|from|to|says?|and|for|of|than|on) who may\b/i,
    use: 'a noun: approvers, users with write access',
  },
  { pattern: /\bnone that\b/i, use: '"none of the ..."' },
  { pattern: /\b(?:stands?|stood)\b(?!-alone| alone| for\b)/i, use: 'is, appears, contains' },
  { pattern: /\b(?:tells?|told)\b(?!.* apart)/i, use: 'reports, shows, states' },
  { pattern: /\b(?:hangs?|hung) on\b/i, use: 'depends on' },
  { pattern: /\b(?:puts?|putting) (?:it |them |a label |labels |the label )?on\b/i, use: 'adds' },
  { pattern: /\bmend(?:s|ed|ing)?\b/i, use: 'fix' },
  { pattern: /\bcures?\b/i, use: 'fix' },
  { pattern: /\bjudg(?:e|es|ed|ing)\b/i, use: 'evaluate, classify, check' },
  { pattern: /\b(?:speaks?|spoke)\b/i, use: 'mentions, connects, uses' },
  { pattern: /\btakes? part\b/i, use: 'is included, matches' },
  { pattern: /(?<!\bthere )\b(?:is|are) nothing\b/i, use: 'is not a change, has no effect' },
  { pattern: /\b(?:nobody|somebody|anybody)\b/i, use: 'the passive, "you", "no user"' },
  { pattern: /\bbesides\b/i, use: 'in addition to, except' },
  { pattern: /\bblanks?\b(?! line)/i, use: 'space' },
  { pattern: /\bsmall letters?\b/i, use: 'lower case' },
  { pattern: /\bfor ever\b/i, use: 'permanently' },
  { pattern: /\b(?:the|an|its|their) own ones?\b/i, use: 'a noun' },
  { pattern: /\blooked-at\b/i, use: 'watched' },
  { pattern: /\boutside judges?\b/i, use: 'third-party check' },
  {
    pattern: /\b(?:behaviour|licences?|organisations?|cancelled|colours?|recognis\w+|normalis\w+)\b/i,
    use: 'American spelling',
  },
  { pattern: /\b(?:that|which) (?:is|are) (?:is|are)\b/i, use: 'one sentence for one fact' },
  { pattern: /(?<!-)\bholds?\b/i, use: 'contains, applies, is true' },
  { pattern: /\bcom(?:es?|ing) to (?!a\b|an\b|the end)/i, use: 'evaluates to' },
  {
    pattern: /\bin vain\b|\banew\b|\bat hand\b|\bat work\b|\bfor good\b/i,
    use: 'without an answer, again, running, permanently',
  },
  { pattern: /\bhand(?:s|ed|ing)? out\b/i, use: 'returns' },
  {
    pattern: /(?:^|\/\*\* |[:;(] |\/\/ )who (?:may|can|would|is|approves|decides)\b/i,
    use: 'a noun: approvers, the author',
  },
  { pattern: /\bslips? past\b|\bgo(?:es)? unseen\b/i, use: 'bypasses, is not reported' },
  { pattern: /\bnone of ours\b|\bnone any more\b/i, use: 'is not HealthVault configuration, is removed' },
  { pattern: /\btak(?:e|es|en|ing) (?:.{1,20} )?(?:out(?! of)|off)\b/i, use: 'remove' },
];
