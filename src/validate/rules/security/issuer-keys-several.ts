import { keySourceOf } from '../../../model/key-source';
import { selects } from '../../../model/select-workload';
import type { Manifest } from '../../../model/manifest';
import type { JsonPath } from '../../../model/json';
import { jwtOf } from '../../../model/translate-authentication';
import { textOf } from '../../../model/json-fields';
import { exposuresByWorkload, type Exposure } from '../../exposures-of';
import { objectsOf } from '../../objects-of';
import { selectorIndex } from '../../../model/label-index';
import type { Finding, SetInput, SetRule } from '../../rule';
import { meshNamespace } from '../../../model/mesh';
import { groupBy } from '../../../model/group-by';
import { selectingOf } from '../set/hand-made-policies';
import { exampleApiRule } from './example-api-rule';
import { issuersOf } from './token-rules-of';

const issuer = 'https://id.example.com';
const trusting = (path: string, keys: string): string =>
  `{ path: ${path}, methods: [GET], jwt: { authentications: [{ issuer: ${issuer}, jwksUri: ${keys} }], authorizations: [{ audiences: [orders] }] } }`;

export const issuerKeysSeveral: SetRule = {
  id: 'issuer-keys-several',
  layer: 'security',
  severity: 'high',
  also: { low: 'when only an object of the controller differs, which it replaces' },
  title: 'The keys of one issuer come from one place on a workload',
  why: 'A token counts on every path of the workload if the keys of any of the entries verify it, so whoever has the keys of one of them makes tokens for all rules that trust the issuer.',
  fix: 'Name the jwks_uri of the discovery document of the issuer everywhere, and no keys in the object itself.',
  refs: ['Istio reference, RequestAuthentication, "requirements of multiple rules are ORed"', 'CWE-345'],
  bad: exampleApiRule([trusting('/a', `${issuer}/keys`), trusting('/b', `${issuer}/files/keys`)]),
  good: exampleApiRule([trusting('/a', `${issuer}/keys`), trusting('/b', `${issuer}/keys`)]),
  *checkSet(input) {
    for (const exposures of exposuresByWorkload(input).values()) yield* findings(input, exposures);
  },
};

/** A place that says where the keys of an issuer come from. */
interface Trust {
  readonly issuer: string;
  readonly source: string;
  readonly manifest: Manifest;
  readonly path: JsonPath;
  /** True for an object whose labels say that the controller made it, which it replaces when the APIRule changes. */
  readonly isMade: boolean;
  /** False when the input does not tell whether it is for these Pods. */
  readonly isSure: boolean;
}

function findings(input: SetInput, exposures: readonly Exposure[]): Finding[] {
  const first = new Map<string, Trust>();
  const told = new Set<string>();
  return [...exposures.flatMap(trustsOf), ...trustsOfObjects(input, exposures)].flatMap((trust) => {
    const other = first.get(trust.issuer);
    first.set(trust.issuer, other ?? trust);
    if (!other || other.source === trust.source) return [];
    const key = JSON.stringify([trust.issuer, trust.source, trust.manifest.name]);
    if (told.has(key)) return [];
    told.add(key);
    const { manifest, path } = trust;
    const message = `takes keys of ${JSON.stringify(trust.issuer)} from ${trust.source}, and ${nameOf(other.manifest)} takes them from ${other.source} for the same Pods; it should be one source`;
    return [{ manifest, path, message, ...(trust.isMade && { severity: 'low' as const }), ...(!trust.isSure && { undecided: true }) }];
  });
}

function trustsOf({ apiRule, rule, index }: Exposure): Trust[] {
  const member = rule.access.kind === 'jwt' ? ['jwt'] : ['extAuth', 'restrictions'];
  return (jwtOf(rule)?.authentications ?? []).map(({ issuer: name, jwksUri }, place) => ({
    issuer: name,
    source: keySourceOf({ issuer: name, jwksUri }),
    manifest: apiRule.manifest,
    path: ['spec', 'rules', index, ...member, 'authentications', place, 'jwksUri'],
    isMade: false,
    isSure: true,
  }));
}

/** What RequestAuthentications of the input say, labels of the controller or not: those may be forged. */
function trustsOfObjects(input: SetInput, [exposure]: readonly Exposure[]): Trust[] {
  if (!exposure) return [];
  const byNamespace = input.shared('request authentications by label', () => {
    const all = objectsOf(input, 'RequestAuthentication.security.istio.io').map((manifest) => ({ ...selectingOf(manifest), manifest }));
    const groups = groupBy(all, ({ namespace }) => namespace);
    return new Map([...groups].map(([name, group]) => [name, selectorIndex(group, ({ selector }) => selector)] as const));
  });
  const { workload } = exposure;
  return [...new Set([workload.namespace, meshNamespace])]
    .flatMap((name) => byNamespace.get(name)?.(workload.labels) ?? [])
    .map((one) => ({ ...one, verdict: selects(one, workload, false) }))
    .filter(({ verdict }) => verdict !== false)
    .flatMap(({ manifest, verdict }) =>
      issuersOf(manifest).map(({ issuer: name, jwksUri, entry, path }): Trust => {
        const jwks = textOf(entry['jwks']);
        const isMade = jwks === '' && manifest.labels['apirule.gateway.kyma-project.io/name'] !== undefined;
        return { issuer: name, source: keySourceOf({ issuer: name, jwksUri, jwks }), manifest, path, isMade, isSure: verdict === true };
      }),
    );
}

function nameOf({ kind, name }: Manifest): string {
  return `${kind} ${name}`;
}
