/** Invented platform XML for tests: every element of a request once, in the order of the schema. */
import { SAMPLE_CERTIFICATE_HEX } from './sample-certificates.ts';

/** The header of a PNG of that size; enough for a reader of headers. */
export function buildPng(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

export function encodeBase64(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString('base64');
}

export const APP_ID = '9ca84d74-1473-471d-940f-2699cb7198df';
export const WEIGHT = '3d34d87e-7fc1-4153-800f-f56592cb0d17';
export const BLOOD_PRESSURE = 'ca3c57f4-f4c1-4e15-be67-0a3caf5414ed';

export const ONLINE_RULES = `<auth><rules>
  <rule name="chart">
    <reason>Draws your weight over time.</reason>
    <reason xml:lang="de-DE">Zeichnet Ihr Gewicht.</reason>
    <permission>Read</permission>
    <target-set><type-id>${WEIGHT}</type-id></target-set>
  </rule>
  <rule is-optional="true" name="bp">
    <reason>Only if you want blood pressure beside it.</reason>
    <display-flags>3</display-flags>
    <permission>Create</permission>
    <permission>Read</permission>
    <target-set>
      <date-range><date-min>2010-01-01T00:00:00</date-min></date-range>
      <type-id>${BLOOD_PRESSURE}</type-id>
    </target-set>
    <exception-set><date-range><date-max>2011-01-01T00:00:00Z</date-max></date-range></exception-set>
  </rule>
</rules></auth>`;

/** Element name -> its XML, in schema order; replace, add or leave out what a test needs. */
export const ELEMENTS: Readonly<Record<string, string>> = {
  name: '<name>Fabrikam Health</name><name xml:lang="de-DE">Fabrikam Gesundheit</name>',
  'public-keys': `<public-keys><public-key>${SAMPLE_CERTIFICATE_HEX}</public-key></public-keys>`,
  'person-online-base-auth': `<person-online-base-auth>${ONLINE_RULES}</person-online-base-auth>`,
  'person-offline-base-auth': '<person-offline-base-auth><auth><rules/></auth></person-offline-base-auth>',
  methods: '<methods>GetThings, PutThings</methods>',
  'action-url': '<action-url>https://fabrikam.example/action</action-url>',
  description: '<description>Charts for your health.</description>',
  'auth-reason': '<auth-reason>To draw charts.</auth-reason>',
  'domain-name': '<domain-name>mail.fabrikam.example</domain-name>',
  'large-logo': `<large-logo><logo>${encodeBase64(buildPng(120, 60))}</logo><content-type>image/png</content-type></large-logo>`,
  'small-logo': `<small-logo><logo>${encodeBase64(buildPng(60, 30))}</logo><content-type>image/png</content-type></small-logo>`,
  'persistent-tokens':
    '<persistent-tokens><enabled>true</enabled><token-ttl-seconds>1800</token-ttl-seconds></persistent-tokens>',
  'app-type': '<app-type>Web</app-type>',
  'privacy-statement': `<privacy-statement><statement>${encodeBase64('We keep it.')}</statement><content-type>text/plain</content-type></privacy-statement>`,
  'terms-of-use': `<terms-of-use><statement>${encodeBase64('Be kind.')}</statement><content-type>text/plain</content-type></terms-of-use>`,
  'app-auth-required': '<app-auth-required>true</app-auth-required>',
  'restrict-app-users': '<restrict-app-users>true</restrict-app-users>',
  'is-published': '<is-published>false</is-published>',
  'dtc-success-message': `<dtc-success-message><statement>${encodeBase64('Done.')}</statement><content-type>text/plain</content-type></dtc-success-message>`,
  'app-attributes': '<app-attributes><app-attribute>hippa</app-attribute></app-attributes>',
  'valid-ip-prefixes': '<valid-ip-prefixes>192.0.2.0/24,198.51.100.7/32</valid-ip-prefixes>',
  'vocabulary-authorizations':
    '<vocabulary-authorizations><vocabulary-authorization><family>wc</family><name>thing-types</name></vocabulary-authorization></vocabulary-authorizations>',
  'supported-record-locations':
    '<supported-record-locations><location><country>US</country><state-province>WA</state-province></location></supported-record-locations>',
  'supported-instances': '<supported-instances><instance-id>1</instance-id></supported-instances>',
  'meaningful-use-sources': '<meaningful-use-sources><source>clinic.example</source></meaningful-use-sources>',
  organizations: '<organizations><organization><name>Fabrikam</name></organization></organizations>',
  'bulk-extraction-settings':
    '<bulk-extraction-settings><is-onboarded>false</is-onboarded><is-permission-required>true</is-permission-required></bulk-extraction-settings>',
};

type Overrides = Readonly<Record<string, string | null>>;

function buildBody(elements: Overrides): string {
  return Object.values(elements)
    .filter((xml) => xml !== null)
    .join('\n');
}

/** An AddApplication body; an override of null leaves the element out, an unknown name is added at the end. */
export function addBody(overrides: Overrides = {}): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<wc:info xmlns:wc="urn:com.microsoft.wc.methods.AddApplication">
${buildBody({ ...ELEMENTS, ...overrides })}
</wc:info>`;
}

/** An UpdateApplication body of only the elements given, after the id. */
export function updateBody(elements: Overrides, id: string = APP_ID): string {
  return `<wc:info xmlns:wc="urn:com.microsoft.wc.methods.UpdateApplication">
<id>${id}</id>
${buildBody(elements)}
</wc:info>`;
}

/** A GetApplicationInfo answer in its envelope. */
export function buildDump(overrides: Overrides = {}): string {
  const {
    'public-keys': _keys,
    'person-online-base-auth': online,
    'person-offline-base-auth': offline,
    ...same
  } = ELEMENTS;
  const renamed = {
    id: `<id>${APP_ID}</id>`,
    ...same,
    'person-online-base-auth-xml': (online ?? '').replaceAll('base-auth>', 'base-auth-xml>'),
    'person-offline-base-auth-xml': (offline ?? '').replaceAll('base-auth>', 'base-auth-xml>'),
    'created-date': '<created-date>2015-01-01T00:00:00Z</created-date>',
    ...overrides,
  };
  return `<response><status><code>0</code></status><wc:info xmlns:wc="urn:com.microsoft.wc.methods.response.GetApplicationInfo">
<application>
${buildBody(renamed)}
</application></wc:info></response>`;
}
