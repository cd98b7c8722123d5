import { bothClaims, raised, type WeakDeployment } from './deployment';
import { inFull } from './weak-transport';

/** Gateways behind TLS that have more ways in than one. */
export const weakEntrances: readonly WeakDeployment[] = [
  {
    name: 'that still speaks TLS 1.1',
    tls: { offers: { minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } },
    options: inFull,
    raises: raised('old-tls'),
  },
  {
    name: 'that takes ciphers which encrypt nothing',
    tls: { offers: { minVersion: 'TLSv1.2', ciphers: 'ALL:eNULL@SECLEVEL=0' } },
    options: inFull,
    raises: raised('old-tls'),
  },
  {
    name: 'that takes ciphers without a certificate',
    tls: { offers: { minVersion: 'TLSv1.2', ciphers: 'ALL:aNULL@SECLEVEL=0' } },
    options: inFull,
    raises: raised('old-tls'),
  },
  { name: 'that serves its API without TLS too', tls: { plain: [] }, options: inFull, raises: raised('plain-http') },
  {
    name: 'that looks for tokens only behind TLS',
    tls: { plain: [() => ({ bypass: () => true })] },
    options: inFull,
    raises: raised('other-entrance', ...bothClaims),
  },
  {
    name: 'whose fallback certificate leads around its filters',
    tls: { otherNames: [() => ({ bypass: () => true })] },
    options: inFull,
    raises: raised('other-entrance', ...bothClaims),
  },
];
