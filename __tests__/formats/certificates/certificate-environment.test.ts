import { findPathEnvironment } from '../../../src/formats/certificates/certificate.ts';

test.each([
  'certs/ppe/app.cer',
  'PPE/a.cer',
  'certs/app-ppe.cer',
  'certs/app.Ppe.cer',
  'certs/ppe2 ppe/a.cer',
  'reproduction/ppe/a.cer',
  'ppe/alive.cer',
  'products/ppe/liver.cer',
])('%s is pre-production', (path) => expect(findPathEnvironment(path)).toBe('ppe'));

test.each([
  'certs/app.cer',
  'certs/production/app.cer',
  'certs/ppe-and-prod/a.cer',
  'ppe/production.cer',
  'ppe/LIVE/a.cer',
  'stepped/a.cer',
  'ppe1/a.cer',
])('%s may be production', (path) => expect(findPathEnvironment(path)).toBe('unknown'));
