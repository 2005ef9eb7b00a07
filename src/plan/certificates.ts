/**
 * Certificates that are out of date on the day of the review or of the earliest push. Readers show a certificate's
 * validity as `valid YYYY-MM-DD to YYYY-MM-DD` in the value or the detail of the change; without it there is no advice.
 */
import type { Finding } from '../model/finding.ts';
import type { Message } from '../model/messages.ts';
import type { Problem } from '../model/report.ts';
import { type Day, isoDate, parseDay } from './dates.ts';
import { messages } from './messages.ts';

const VALIDITY = /\bvalid (\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})\b/g;

/** Advice on every certificate that the change brings. `goLive` is the last day of the earliest go-live, when there is one. */
export function certificateAdvice(findings: readonly Finding[], today: Day, goLive: Day | null): readonly Problem[] {
  return findings.flatMap(({ change }) => {
    const holdsOne = ['public-keys', 'certificate', 'client.certificate'].includes(change.setting);
    if (!holdsOne || change.kind === 'removed') return [];
    const place = {
      file: change.file,
      ...(change.location?.side === 'head' ? { line: change.location.line, column: change.location.column } : {}),
    };
    const advice = (message: Message): Problem => ({ ...message, severity: 'advice', ...place });
    const seen = [...[change.after, change.detail].join(' ').matchAll(VALIDITY)];
    return seen.flatMap(([, from, to]) => {
      const [start, end] = [parseDay(String(from)), parseDay(String(to))];
      if (start === null || end === null) return [];
      if (end < today) return [advice(messages.certificateExpired({ date: isoDate(end) }))];
      const live = goLive ?? today;
      if (start > live) return [advice(messages.certificateNotYetValid({ date: isoDate(start) }))];
      if (goLive !== null && end <= live)
        return [advice(messages.certificateExpiresBeforeGoLive({ date: isoDate(end) }))];
      return [];
    });
  });
}
