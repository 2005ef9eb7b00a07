/** Addresses that other software takes for one, and the parser that the gate relies on refuses. */
import { normalizeEndpoint, parseHost } from '../../src/model/environment.ts';
import { parseWebAddress } from '../../src/model/web-address.ts';

const LONG = `https://h${'toString'.repeat(7000)}`;

test('a very long host is not an address', () => {
  expect(URL.canParse(LONG)).toBe(true); // else this test proves nothing
  expect(parseWebAddress(LONG)).toBeNull();
  expect(parseHost(LONG)).toBeNull();
  expect(normalizeEndpoint(` ${LONG} `)).toBe(LONG);
});

test('an address has its parts', () => {
  expect(parseWebAddress('https://account.healthvault.com/a')?.host).toBe('account.healthvault.com');
  expect(parseWebAddress('account')).toBeNull();
});
