import { urlOf } from '../../../model/address';
import { exampleIssuer } from './example-issuer';
import { issuerRule } from './issuer-rule';

export const issuerDex = issuerRule(
  {
    id: 'issuer-dex',
    severity: 'medium',
    also: { low: 'when it only looks like one' },
    title: 'No rule relies on the Dex that Kyma removed',
    why: 'Kyma 2.0 removed Dex: nobody issues tokens for this rule any more, and whoever gets hold of the abandoned name can serve keys for it.',
    fix: 'Name the issuer and keys of the provider that replaced Dex, such as XSUAA, SAP Cloud Identity Services or Keycloak.',
    refs: ['Kyma 2.0 release notes, removal of Dex', 'Kyma documentation, APIRule migration, jwt'],
    bad: exampleIssuer('https://dex.c-7f31d2a.kyma.ondemand.com', 'http://dex-service.kyma-system.svc.cluster.local:5556/keys'),
    good: exampleIssuer('https://index.example.com', 'https://index.example.com/keys'),
  },
  ({ issuer, jwksUri }) => {
    for (const [member, text] of [['issuer', issuer] as const, ['jwksUri', jwksUri] as const]) {
      const sure = isKymaDex(text);
      if (!sure && !looksLikeDex(text)) continue;
      const message = `${JSON.stringify(text)} is ${sure ? '' : 'perhaps '}an address of Dex, which Kyma no longer runs; name another provider`;
      return { member, message, ...(!sure && { severity: 'low' as const }) };
    }
    return undefined;
  },
);

/** The Service that Kyma ran, and the host under which it was exposed. */
function isKymaDex(text: string): boolean {
  const host = urlOf(text)?.hostname ?? '';
  return host.startsWith('dex.') || host === 'dex-service' || host.startsWith('dex-service.');
}

/** Another Dex is no mistake; only its usual port and path tell. */
function looksLikeDex(text: string): boolean {
  const url = urlOf(text);
  return url !== undefined && (url.port === '5556' || /^\/dex(?:\/|$)/.test(url.pathname));
}
