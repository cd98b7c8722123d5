import { UsageError } from '../../model/errors';
import { ingressPrincipal } from '../../model/mesh';
import { isDnsLabel } from '../../model/names';
import { matchesText } from '../../model/text-pattern';
import type { InternalCallers } from './workload-plan';

const trustDomain = 'cluster.local';
const principalForm = /^[^\s/]+\/ns\/[^\s/]+\/sa\/[^\s/]+$/;

/**
 * Reads who may call from inside the cluster: namespaces, principals (`cluster.local/ns/NAMESPACE/sa/NAME`), or `*` for everybody.
 * @returns undefined when nobody is named
 * @throws {UsageError} ERR_USAGE when a text is neither, or names the ingress gateway, through which everybody on the internet calls
 */
export function readInternalCallers(texts: readonly string[]): InternalCallers | undefined {
  if (texts.length === 0) return undefined;
  if (texts.includes('*')) return { kind: 'anybody' };
  for (const text of texts) requireCaller(text);
  const sorted = [...new Set(texts)].sort();
  return { kind: 'named', namespaces: sorted.filter(isDnsLabel), principals: sorted.filter((text) => !isDnsLabel(text)) };
}

function requireCaller(text: string): void {
  if (!isDnsLabel(text) && !principalForm.test(text))
    throw new UsageError(
      `${JSON.stringify(text)} names no caller inside the cluster`,
      'Give a namespace, a principal such as cluster.local/ns/shop/sa/orders, or * for everybody.',
    );
  // The proxies take cluster.local for an alias of every trust domain, so that whatever stands before /ns/ says nothing.
  if (matchesText(text.replace(/^[^/]+(?=\/ns\/)/, trustDomain), ingressPrincipal))
    throw new UsageError(
      `${JSON.stringify(text)} is the ingress gateway: everybody on the internet would be let in without a token`,
      'Name who calls from inside the cluster; the gateway is let in by the APIRules.',
    );
}
