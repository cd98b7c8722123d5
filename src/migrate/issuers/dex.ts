import { urlOf } from '../../model/address';

/** Port that Dex serves by default. */
const dexPort = '5556';

/** Name of the Service that Dex had in Kyma, by itself or with its namespace, in any length. */
const dexService = /^dex(?:-service)?(?:\.kyma-system(?:\.svc(?:\.cluster(?:\.local)?)?)?)?$/;

/**
 * True for an issuer or a key address of the Dex that Kyma had up to version 1: `dex.DOMAIN` or its Service, in any spelling. A Dex of your own
 * on such a name is taken for it, too; the issuer map then says that it stays.
 */
export function isDex(address: string): boolean {
  const text = address.trim();
  const url = urlOf(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!url) return false;
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  return dexService.test(host) || host.startsWith('dex.') || host.startsWith('dex-service.') || url.port === dexPort;
}
