import type { Rule } from '../../../model/api-rule';
import { isFullHost } from '../../../model/names';
import { samplePath } from '../../../model/sample-paths';
import { shellWord } from '../../../model/shell-word';
import type { Migrating } from '../migrating';

/** Tells which Pods have a container named istio-proxy. */
export function sidecarCommand(namespace: string, selector: Readonly<Record<string, string>>): string {
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  const containers = '{range .items[*]}{.metadata.name}{" "}{.spec.initContainers[*].name}{" "}{.spec.containers[*].name}{"\\n"}{end}';
  return `kubectl get pods -n ${shellWord(namespace)} -l ${shellWord(labels.join(','))} -o jsonpath='${containers}'`;
}

/** Waits for the controller, then proves that the rules hold. */
export function verifyCommands({ apiRule, host, issuers }: Migrating): string[] {
  const target = `${shellWord(apiRule.name)} -n ${shellWord(apiRule.namespace)}`;
  const options = isFullHost(host) ? [`--scope ${shellWord(host)}`] : ['--domain "$DOMAIN"', `--scope ${shellWord(`${host}.`)}"$DOMAIN"`];
  const credentials = issuers.length > 0 ? ['--credentials CREDENTIALS.json'] : [];
  return [
    `kubectl wait apirule ${target} --for=jsonpath='{.status.state}'=Ready --timeout=5m`,
    ['kubectl get apirule', target, '-o yaml | kyma-guard verify -', ...options, ...credentials, '--wait 10m'].join(' '),
  ];
}

/** Asks for one path of each APIRule as before; its answer must not change. */
export function stillAnswersCommand({ apiRule, host }: Migrating): string {
  const rule = apiRule.rules.find(({ access }) => access.kind === 'noAuth') ?? apiRule.rules[0];
  const path = samplePath(rule?.path ?? '/');
  const url = isFullHost(host) ? shellWord(`https://${host}${path}`) : `${shellWord(`https://${host}.`)}"$DOMAIN"${shellWord(path)}`;
  return `curl -s -o /dev/null -w '%{http_code}\\n' ${methodOf(rule)}${url}`;
}

function methodOf(rule: Rule | undefined): string {
  const method = rule?.methods.includes('GET') === true ? 'GET' : (rule?.methods[0] ?? 'GET');
  return method === 'GET' ? '' : `-X ${shellWord(method)} `;
}
