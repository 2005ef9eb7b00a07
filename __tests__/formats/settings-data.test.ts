import settings from '../../data/settings.json' with { type: 'json' };

/** Every id that stays as it is (`docs/formats.md`). */
const IDS =
  'name description auth-reason logo.large logo.small action-url privacy-statement terms-of-use success-message methods ' +
  'access.online access.offline rule.reason rule.name rule.display public-keys certificate domain-name ip-prefixes attributes ' +
  'persistent-tokens restrict-users client-token instances locations vocabularies organization meaningful-use-sources ' +
  'bulk-extraction ceilings.methods ceilings.vocabularies ceilings.meaningful-use-sources app-id app-type ' +
  'client.endpoints.platform client.endpoints.shell client.endpoints.rest client.action-targets.<target> client.multi-record ' +
  'client.multi-instance client.signup-code client.supported-types client.certificate client.runtime.<key> secret document mention policy policy.<key> gate-workflow.<key>';

const TABS = [
  'Home',
  'Information',
  'Methods',
  'Online rules',
  'Offline rules',
  'Public certs',
  'Localize',
  'Organization',
  'Misc',
];

it('every setting is explained, and no other', () => {
  expect(
    Object.keys(settings)
      .filter((id) => id !== 'app-id.master')
      .sort(),
  ).toEqual(IDS.split(' ').sort());
});

it.each(Object.entries(settings))('the setting %s is explained', (_, { title, meaning, tab, sources }) => {
  expect(title).toMatch(/^[A-Z].*[^.]$/);
  expect(meaning).toMatch(/^[A-Z].*\.$/);
  if (tab !== null) expect(tab.split(', ').filter((name) => !TABS.includes(name))).toEqual([]);
  expect(sources.length).toBeGreaterThan(0);
});
