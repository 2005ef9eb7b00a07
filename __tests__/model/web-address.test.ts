/** Addresses that other software takes for one, and the parser that the gate relies on refuses. */
import { endpointMeaning, parseHost } from '../../src/model/environment.ts';
import { webAddress } from '../../src/model/web-address.ts';

const LONG = `https://h${'toString'.repeat(7000)}`;

test('a host so long that only a careless look takes it is no address', () => {
  expect(URL.canParse(LONG)).toBe(true); // else this test proves nothing
  expect(webAddress(LONG)).toBeNull();
  expect(parseHost(LONG)).toBeNull();
  expect(endpointMeaning(` ${LONG} `)).toBe(LONG);
});

test('an address is told in its parts', () => {
  expect(webAddress('https://account.healthvault.com/a')?.host).toBe('account.healthvault.com');
  expect(webAddress('account')).toBeNull();
});
