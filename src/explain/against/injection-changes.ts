import type { Manifest } from '../../model/manifest';
import { whereOf } from '../../model/object-ref';
import type { State } from '../state';
import type { OpenPoint } from './open-point';

/** Namespaces whose Pods get no sidecar any more after the change: from their next restart on nothing is enforced there. */
export function injectionChanges(before: State, after: State): OpenPoint[] {
  const injected = new Set(
    namespacesOf(before)
      .filter(isInjected)
      .map(({ name }) => name),
  );
  return namespacesOf(after)
    .filter((namespace) => injected.has(namespace.name) && !isInjected(namespace))
    .map((namespace) => ({
      text: `what callers get in namespace ${namespace.name} after the next restart of its Pods: its labels no longer ask for sidecars, without which no policy is enforced`,
      fix: 'Keep the label istio-injection: enabled.',
      where: whereOf(namespace, ['metadata', 'labels']),
    }));
}

function namespacesOf({ manifests, context }: State): Manifest[] {
  return [...manifests, ...context].filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1');
}

function isInjected({ labels }: Manifest): boolean {
  const wish = labels['istio-injection'];
  return wish === 'enabled' || (wish === undefined && labels['istio.io/rev'] !== undefined);
}
