/** One public certificate as an element of a set. XML, a file and an assignment give the same element. */
import { computeSha1, readCertificate } from '../../model/digest.ts';
import type { SetItem } from '../../model/document.ts';
import type { Place } from '../../model/source.ts';
import { words } from './messages.ts';

/** Compared by the SHA-1 thumbprint of its DER bytes. Shown by subject, validity, key and shortened thumbprint. */
export function toCertificateItem(der: Uint8Array, at: Place): SetItem {
  const thumbprint = computeSha1(der);
  const facts = readCertificate(der);
  const short = thumbprint.slice(0, 12);
  const shown = facts === null ? words.noCertificate(der.length, short) : words.certificate(facts, short);
  return { meaning: thumbprint, shown, at };
}
