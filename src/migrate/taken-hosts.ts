import { groupBy } from '../model/group-by';
import { listAt, objectAt, textOf } from '../model/json-fields';
import type { Manifest } from '../model/manifest';
import { completeHost } from '../model/names';
import { namespaceOf, objectRef } from '../model/object-ref';
import { isApiRule } from '../model/read-api-rules';
import type { OldApiRule } from './old-api-rule';
import type { Around } from './prove/prove';
import { translateGateway } from './translate/gateway';
import type { Note, Translation } from './translation';

/** Labels by which the controller knows its VirtualServices: an older one, and a pair. */
const label = 'apirule.gateway.kyma-project.io';

/** Finds who else has the host of an APIRule; the controller refuses one of two, whatever workloads they lead to. */
export class TakenHosts {
  private readonly holders: ReadonlyMap<string, readonly Manifest[]>;

  /** @param manifests the whole input, old APIRules included */
  constructor(
    translations: readonly Translation[],
    manifests: readonly Manifest[],
    private readonly domains: Around['domains'],
  ) {
    const old = new Set(translations.map((one) => one.old.manifest));
    const apiRules = manifests.filter((manifest) => isApiRule(manifest) && !old.has(manifest));
    const owners = new Set(manifests.filter(isApiRule).map(placeOf));
    const routes = manifests.filter((manifest) => isVirtualService(manifest) && !owners.has(ownerOf(manifest)));
    const held = [
      ...translations.map((one) => ({ host: this.hostOf(one.old), manifest: one.old.manifest })),
      ...[...apiRules, ...routes].flatMap((manifest) => this.hostsIn(manifest).map((host) => ({ host, manifest }))),
    ];
    this.holders = new Map([...groupBy(held, ({ host }) => host)].map(([host, all]) => [host, all.map(({ manifest }) => manifest)]));
  }

  /** What stands in the way of an APIRule whose host somebody else has; undefined when nobody has it. */
  noteFor(old: OldApiRule): Note | undefined {
    const host = this.hostOf(old);
    const own = placeOf(old.manifest);
    const other = this.holders.get(host)?.find((manifest) => isVirtualService(manifest) || placeOf(manifest) !== own);
    if (!other) return undefined;
    return {
      id: 'migrate-host',
      effect: 'manual',
      message: `the host ${JSON.stringify(host)} belongs to ${objectRef(other)} at ${other.file}:${other.locate([]).line} as well, and the controller refuses one of the two`,
      fix: 'Put the rules of one host into one APIRule, give each APIRule its own host, or remove the one that is not in force.',
      place: [],
    };
  }

  private hostsIn({ body }: Manifest): string[] {
    const spec = objectAt(body, 'spec');
    const gateway = textOf(spec['gateway']);
    return listAt(spec, 'hosts').map((host) => this.complete(textOf(host), gateway));
  }

  private hostOf({ host, gateway, namespace }: OldApiRule): string {
    return this.complete(host, translateGateway(gateway, namespace).gateway ?? gateway);
  }

  private complete(host: string, gateway: string): string {
    const lower = host.toLowerCase().replace(/\.$/, '');
    return completeHost(lower, this.domains[gateway] ?? this.domains['*']);
  }
}

function placeOf(manifest: Manifest): string {
  return `${namespaceOf(manifest)}/${manifest.name}`;
}

function isVirtualService({ kind, apiVersion }: Manifest): boolean {
  return kind === 'VirtualService' && apiVersion.startsWith('networking.istio.io/');
}

/** `namespace/name` of the APIRule that a VirtualService was made for, as its labels say. */
function ownerOf({ labels }: Manifest): string {
  const older = labels[`${label}/v1beta1`];
  if (older === undefined) return `${labels[`${label}/namespace`] ?? ''}/${labels[`${label}/name`] ?? ''}`;
  const dot = older.lastIndexOf('.');
  return `${older.slice(dot + 1)}/${older.slice(0, Math.max(dot, 0))}`;
}
