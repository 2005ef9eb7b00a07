/**
 * Certificates that are out of date on the day of the review or of the earliest push. Readers show a certificate's
 * validity as `valid YYYY-MM-DD to YYYY-MM-DD` in the value or the detail of the change; without it there is no advice.
 */
import type { Finding } from '../model/finding.ts';
import type { Message } from '../model/messages.ts';
import type { Problem } from '../model/report.ts';
import { type Day, parseDay, writeIsoDate } from './dates.ts';
import { messages } from './messages.ts';

const VALIDITY = /\bvalid (\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})\b/g;

/** Advice on every certificate in the change. `goLive` is the last day of the earliest go-live, if there is one. */
export function adviseOnCertificates(findings: readonly Finding[], today: Day, goLive: Day | null): readonly Problem[] {
  return findings.flatMap(({ change }) => {
    const mayContainCertificate = ['public-keys', 'certificate', 'client.certificate'].includes(change.setting);
    if (!mayContainCertificate || change.kind === 'removed') return [];
    const place = {
      file: change.file,
      ...(change.location?.side === 'head' ? { line: change.location.line, column: change.location.column } : {}),
    };
    const buildAdvice = (message: Message): Problem => ({ ...message, severity: 'advice', ...place });
    const seen = [...[change.after, change.detail].join(' ').matchAll(VALIDITY)];
    return seen.flatMap(([, from, to]) => {
      const [start, end] = [parseDay(String(from)), parseDay(String(to))];
      if (start === null || end === null) return [];
      if (end < today) return [buildAdvice(messages.certificateExpired({ date: writeIsoDate(end) }))];
      const live = goLive ?? today;
      if (start > live) return [buildAdvice(messages.certificateNotYetValid({ date: writeIsoDate(start) }))];
      if (goLive !== null && end <= live)
        return [buildAdvice(messages.certificateExpiresBeforeGoLive({ date: writeIsoDate(end) }))];
      return [];
    });
  });
}
