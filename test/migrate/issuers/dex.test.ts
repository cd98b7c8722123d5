import { isDex } from '../../../src/migrate/issuers/dex';

test.each([
  'https://dex.c-1234.kyma.ondemand.com',
  'https://dex.c-1234.kyma.ondemand.com/',
  'https://DEX.kyma.example.com',
  'https://dex.kyma.example.com./keys',
  'https://dex.kyma.example.com/keys',
  'dex.kyma.example.com',
  'dex.kyma.local:443',
  'http://dex-service.kyma-system.svc.cluster.local:5556/keys',
  'http://dex-service.kyma-system.svc.cluster:5556/keys',
  'http://dex-service.kyma-system.svc:5556/keys',
  'http://dex-service.kyma-system:5556/keys',
  'http://dex-service.kyma-system/keys',
  'http://dex-service:5556/keys',
  'http://dex-service.other.svc.cluster.local/keys',
  'HTTP://Dex-Service.Kyma-System.svc.cluster.local:5556/keys',
  ' http://dex:5556/keys ',
  'https://identity.example.com:5556',
])('%s is Dex', (address) => {
  expect(isDex(address)).toBe(true);
});

test.each([
  'https://index.example.com',
  'https://dexter.example.com/keys',
  'https://my-dex.example.com',
  'https://id.example.com/dex',
  'https://id.example.com/dex/keys',
  'https://example.com/dex-service.kyma-system:5556',
  'https://id.example.com:55560/keys',
  'https://yandex.example.com',
  '',
  ':5556',
  'not an address',
])('%s is not', (address) => {
  expect(isDex(address)).toBe(false);
});
