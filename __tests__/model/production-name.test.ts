import { isProductionName } from '../../src/model/production-name.ts';

test.each([
  ...[
    'Release',
    'release',
    'RELEASE',
    'Prod',
    'Production',
    'Live',
    'Live-EU',
    'ReleaseEU',
    'Azure.Production',
    'Prod2',
  ],
  ...['eu_prod', 'Release 2', 'ProductionWest'],
])('%s is production', (name) => expect(isProductionName(name)).toBe(true));

test.each([
  ...['Debug', 'UAT', 'PPE', 'Azure', 'EU', 'Delivery', 'Product', 'Reproduction', 'Olive', ''],
  ...['PreProd', 'Pre-Production', 'NonProd', 'non-live', 'NotLive', 'NoRelease', 'preprod'],
  ...['Release.UAT', 'ReleaseTest', 'Test-Release', 'Release.Tests', 'TestingRelease', 'Release-PPE', 'Release.QA'],
  ...[
    'ProdDev',
    'DevelopRelease',
    'DevelopmentRelease',
    'Debug.Release',
    'Release.Int',
    'IntegrationRelease',
    'CI-Release',
  ],
  ...['ProdStaging', 'Stage.Live', 'LocalRelease', 'DemoLive', 'LiveSandbox', 'BetaRelease', 'Release.Alpha'],
  ...['ReleasePreview', 'LiveTrial', 'AcceptanceRelease'],
])('%j is not production', (name) => expect(isProductionName(name)).toBe(false));
