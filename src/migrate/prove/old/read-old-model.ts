import { completeHost } from '../../../model/names';
import type { OldApiRule } from '../../old-api-rule';
import { near, type Around } from '../around';
import type { ProofSettings } from '../proof';
import { oldModelOf, type OldModel } from './old-model';
import { replacedIssuers } from './replaced-issuer';

/** Gateway whose domain completed hosts of one label. */
const defaultGateway = 'kyma-system/kyma-gateway';

/**
 * What old APIRules let in, as `simulateOld` asks it. Of what stands around them only hand-made objects count: those of APIRules v2 were made for
 * other rules, and say nothing about what the authors of the old ones meant.
 */
export function readOldModel(
  apiRules: readonly OldApiRule[],
  around: Around,
  settings: Pick<ProofSettings, 'oldJwtHandler' | 'domain' | 'issuers'>,
): OldModel {
  const model = (beside: OldModel['beside']): OldModel =>
    oldModelOf({
      ...{ apiRules, services: around.services, beside, oldJwtHandler: settings.oldJwtHandler },
      hostOf: (apiRule) => hostOf(apiRule, around, settings.domain),
      replaced: replacedIssuers(settings.issuers),
    });
  const bare = model({ authorizationPolicies: [], requestAuthentications: [] });
  const destinations = [...bare.hosts.values()].flatMap(({ routes, checks }) =>
    [...routes, ...checks].map(({ destination }) => destination),
  );
  return model(near(around, destinations, (object) => around.ownerOf(object) === undefined));
}

/** Hosts were compared without case, and a label was completed with the domain of the gateway that Kyma ships. */
function hostOf({ host, gateway }: OldApiRule, { domains }: Around, domain?: string): string {
  return completeHost(host.toLowerCase(), domain ?? domains[defaultGateway] ?? domains[gateway] ?? domains['*']);
}
