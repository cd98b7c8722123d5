import { Environment } from '@marcbachmann/cel-js';
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { apiRules, functions, invalidFunctions, oddApiRules, type Recorded } from './recorded-statuses';

interface Expressions {
  readonly apiVersion: string;
  readonly kind: string;
  readonly inProgress?: string;
  readonly failed?: string;
  readonly current: string;
}

type FluxStatus = 'InProgress' | 'Failed' | 'Current';

const objects = parseAllDocuments(readFileSync('examples/gitops/flux/kustomization.yaml', 'utf8')).map(
  (document) => document.toJS() as { kind: string; spec: { wait?: boolean; healthCheckExprs?: Expressions[] } },
);
const { spec } = objects.find(({ kind }) => kind === 'Kustomization')!;

/** CEL of Flux knows the members of the object by their names, and nothing else. */
function evaluate(expression: string, object: object): boolean {
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  const exact = JSON.parse(JSON.stringify(object), (_, value: unknown) =>
    Number.isInteger(value) ? BigInt(value as number) : value,
  ) as object;
  return environment.evaluate(expression, exact) === true;
}

/** The order in which Flux asks; what cannot be evaluated is asked again until the time is over. */
function statusOf({ inProgress, failed, current }: Expressions, object: object): FluxStatus {
  const { metadata, status } = object as { metadata: { generation?: number }; status?: { observedGeneration?: number } };
  if (status?.observedGeneration !== undefined && status.observedGeneration !== metadata.generation) return 'InProgress';
  try {
    if (inProgress !== undefined && evaluate(inProgress, object)) return 'InProgress';
    if (failed !== undefined && evaluate(failed, object)) return 'Failed';
    return evaluate(current, object) ? 'Current' : 'InProgress';
  } catch {
    return 'InProgress';
  }
}

const expected = ({ health }: Recorded): FluxStatus => (health === 'Healthy' ? 'Current' : health === 'Degraded' ? 'Failed' : 'InProgress');

/** An invalid Function is never observed, so Flux waits for it until the timeout. */
const odd = [...oddApiRules, ...invalidFunctions.map((one) => ({ ...one, health: 'Progressing' as const }))];

test.each([...apiRules, ...functions, ...odd].map((one) => [(one.object as { kind: string }).kind, one.what, one] as const))(
  'to Flux, %s that %s is as it should be',
  (kind, _, one) => {
    const expressions = spec.healthCheckExprs?.find((entry) => entry.kind === kind);
    expect(expressions?.apiVersion).toBe((one.object as { apiVersion: string }).apiVersion);
    expect(statusOf(expressions!, one.object)).toBe(expected(one));
  },
);

test('Flux waits for all objects, so that a Job of a verification decides, too', () => {
  expect(spec.wait).toBe(true);
});
