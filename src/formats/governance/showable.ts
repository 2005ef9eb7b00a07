/** Finds the values in a workflow that can be shown. Their key excludes a secret, or they only name one. */
import { isSecretName } from '../secrets/secrets.ts';

/** Keys with a meaning on GitHub that leaves no room for a secret. */
const KNOWN =
  /^gate-workflow\.(?:on|permissions|concurrency|name|run-name)(?:\.|$)|\.(?:permissions(?:\.[a-z-]+)?|if|uses|using|needs|runs-on|environment(?:\.name)?|timeout-minutes|continue-on-error|shell|fail-fast|order|secrets|name|id|required|default-branch)$/;

/** Inputs of the gate, but for its tokens. */
const GATE_INPUT = /\.with\.(?:policy|policy-ref|pull-request|mode|comment|status-context)$/;

/** Only expressions, which name secrets and do not contain them. */
const EXPRESSIONS = /^(?:\s*\$\{\{[^{}'"]*\}\}\s*)+$/;

/** A command of plain words and options, for example `npx healthvault-go-live-gate check --base origin/main`. */
const PLAIN_COMMAND = /^(?:[ \t]*(?:npx|node|npm|go-live-gate)(?:[ \t]+[\w@./-]{1,60})*[ \t]*\n?)+$/;

/** Whether the value of a key may be shown. */
export function isShowable(id: string, text: string): boolean {
  if (KNOWN.test(id) || GATE_INPUT.test(id) || EXPRESSIONS.test(text)) return true;
  return id.endsWith('.run') && PLAIN_COMMAND.test(text) && text.split(/\s+/).every(isPlainWord);
}

function isPlainWord(word: string): boolean {
  return !isSecretName(word) && !/(?=[\w]*\d)(?=[\w]*[a-z])\w{16,}/i.test(word);
}
