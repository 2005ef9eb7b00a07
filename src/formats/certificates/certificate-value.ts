/** One public certificate as an element of a set, the same wherever it comes from: hex in XML, a file, an assignment. */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import type { SetItem } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, Place } from '../../model/source.ts';

/** Compared by the SHA-1 thumbprint of its DER bytes; shown by subject, validity, key and shortened thumbprint. */
export function certificateItem(der: Uint8Array, at: Place, cryptography: Cryptography): SetItem {
  const thumbprint = cryptography.sha1(der);
  const facts = cryptography.certificate(der);
  const short = thumbprint.slice(0, 12);
  if (facts === null) {
    return { meaning: thumbprint, shown: fill(sentences['shown-no-certificate'], { bytes: der.length, short }), at };
  }
  const key = facts.keyBits === null ? facts.keyType : `${facts.keyType} ${facts.keyBits}`;
  const from = facts.notBefore.slice(0, 10);
  const to = facts.notAfter.slice(0, 10);
  const shown = fill(sentences['shown-certificate'], { subject: facts.subject, from, to, key, short });
  return { meaning: thumbprint, shown, at };
}
