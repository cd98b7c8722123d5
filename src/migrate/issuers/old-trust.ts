import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { listAt, textOf } from '../../model/json-fields';
import type { OldApiRule } from '../old-api-rule';
import { isDex } from './dex';
import type { OldTrust } from './pair-issuers';

/** Whom the rules of an old APIRule trusted, one entry for each `jwt` handler that needs a pair. */
export function oldTrusts({ rules }: Pick<OldApiRule, 'rules'>): OldTrust[] {
  const handlers = rules.flatMap(({ accessStrategies }) => accessStrategies.filter(({ handler }) => handler === 'jwt'));
  return handlers.flatMap(({ config }) => (config['authentications'] === undefined ? [oryTrust(config)] : istioTrusts(config)));
}

function oryTrust(config: JsonObject): OldTrust {
  return { issuers: textsOf(config['trusted_issuers']), jwksUrls: textsOf(config['jwks_urls']) };
}

/** Istio had its pairs already, of which only those of Dex need another. */
function istioTrusts(config: JsonObject): OldTrust[] {
  return listAt(config, 'authentications')
    .filter(isJsonObject)
    .map(({ issuer, jwksUri }) => ({ issuers: [textOf(issuer)], jwksUrls: [textOf(jwksUri)] }))
    .filter(({ issuers, jwksUrls }) => [...issuers, ...jwksUrls].some(isDex));
}

function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
