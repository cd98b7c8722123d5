/** An object as a cluster holds it, and what is to be said of it. */
export interface Recorded {
  readonly what: string;
  readonly object: object;
  readonly health: 'Healthy' | 'Progressing' | 'Degraded' | 'Unknown';
}

const created = '2026-03-01T08:00:00Z';
const writer = { manager: 'argocd-controller', operation: 'Update', apiVersion: 'gateway.kyma-project.io/v2', fieldsType: 'FieldsV1' };
const byController = { ...writer, manager: 'manager', subresource: 'status', fieldsV1: { 'f:status': {} } };

function apiRule(status: object | undefined, { specAt, metadata = {} }: { specAt?: string; metadata?: object } = {}): object {
  const managedFields =
    specAt === undefined
      ? undefined
      : [
          { ...writer, time: specAt, fieldsV1: { 'f:metadata': {}, 'f:spec': { '.': {}, 'f:rules': {} } } },
          { ...writer, manager: 'kubectl-label', time: '2026-03-09T08:00:00Z', fieldsV1: { 'f:metadata': {} } },
          { ...byController, time: '2026-03-09T08:00:01Z' },
        ];
  return {
    apiVersion: 'gateway.kyma-project.io/v2',
    kind: 'APIRule',
    metadata: {
      name: 'orders',
      namespace: 'shop',
      generation: 2,
      creationTimestamp: created,
      ...(managedFields && { managedFields }),
      ...metadata,
    },
    spec: {},
    ...(status && { status }),
  };
}

const ready = { state: 'Ready', description: 'Reconciled successfully' };

/** APIRules in the states that the controller writes. */
export const apiRules: readonly Recorded[] = [
  { what: 'has no status yet', object: apiRule(undefined), health: 'Progressing' },
  { what: 'has an empty state', object: apiRule({ state: '' }), health: 'Progressing' },
  { what: 'is being processed', object: apiRule({ state: 'Processing' }), health: 'Progressing' },
  { what: 'is being deleted', object: apiRule({ state: 'Deleting' }), health: 'Progressing' },
  { what: 'is ready and says nothing of times', object: apiRule(ready), health: 'Healthy' },
  {
    what: 'is ready, processed after the last change',
    object: apiRule({ ...ready, lastProcessedTime: '2026-03-02T08:00:05Z' }, { specAt: '2026-03-02T08:00:00Z' }),
    health: 'Healthy',
  },
  {
    what: 'is ready, processed in the second of the change',
    object: apiRule({ ...ready, lastProcessedTime: '2026-03-02T08:00:00Z' }, { specAt: '2026-03-02T08:00:00Z' }),
    health: 'Healthy',
  },
  {
    what: 'is ready with an earlier spec',
    object: apiRule({ ...ready, lastProcessedTime: '2026-03-02T07:59:59Z' }, { specAt: '2026-03-02T08:00:00Z' }),
    health: 'Progressing',
  },
  {
    what: 'is ready with a status from before it was created',
    object: apiRule({ ...ready, lastProcessedTime: '2026-02-01T00:00:00Z' }),
    health: 'Progressing',
  },
  {
    what: 'failed, and was changed since',
    object: apiRule({ state: 'Error', description: 'e', lastProcessedTime: '2026-03-02T07:59:59Z' }, { specAt: '2026-03-02T08:00:00Z' }),
    health: 'Progressing',
  },
  {
    what: 'failed validation',
    object: apiRule(
      {
        state: 'Error',
        description: "Validation errors: Attribute 'spec.rules': multiple rules defined for the same path and method",
        lastProcessedTime: '2026-03-02T08:00:05Z',
      },
      { specAt: '2026-03-02T08:00:00Z' },
    ),
    health: 'Degraded',
  },
  {
    what: 'lacks a definition of Istio',
    object: apiRule({ state: 'Warning', description: 'CRD virtualservices.networking.istio.io is not present.' }),
    health: 'Degraded',
  },
];

/** States that are no business of the controller today. */
export const oddApiRules: readonly Recorded[] = [
  { what: 'is in a state that nobody knows', object: apiRule({ state: 'Paused' }), health: 'Unknown' },
  {
    what: 'is ready and about to go',
    object: apiRule(ready, { metadata: { deletionTimestamp: '2026-03-03T00:00:00Z' } }),
    health: 'Progressing',
  },
];

function condition(type: string, status: string, reason: string, message = 'm'): object {
  return { type, status, reason, message, lastTransitionTime: created };
}

const valid = condition('ConfigurationReady', 'True', 'FunctionSpecValidated');
const runs = condition('Running', 'True', 'DeploymentReady');

function fn(conditions: readonly object[] | undefined, observedGeneration?: number): object {
  const status = { ...(conditions && { conditions }), ...(observedGeneration !== undefined && { observedGeneration }) };
  return {
    apiVersion: 'serverless.kyma-project.io/v1alpha2',
    kind: 'Function',
    metadata: { name: 'location', namespace: 'geo', generation: 3, creationTimestamp: created },
    spec: {},
    ...(Object.keys(status).length > 0 && { status }),
  };
}

/** Functions in the states that the controller writes. */
export const functions: readonly Recorded[] = [
  { what: 'has no status yet', object: fn(undefined), health: 'Progressing' },
  { what: 'is valid and not deployed yet', object: fn([valid]), health: 'Progressing' },
  { what: 'waits for its Pods', object: fn([valid, condition('Running', 'False', 'MinReplicasNotAvailable')], 3), health: 'Progressing' },
  { what: 'waits for its Deployment', object: fn([valid, condition('Running', 'Unknown', 'DeploymentWaiting')], 3), health: 'Progressing' },
  { what: 'runs', object: fn([valid, runs], 3), health: 'Healthy' },
  { what: 'runs with an earlier spec', object: fn([valid, runs], 2), health: 'Progressing' },
  {
    what: 'runs, and its last change is not valid any more',
    object: fn([condition('ConfigurationReady', 'False', 'FunctionSpecValidated'), runs], 3),
    health: 'Progressing',
  },
  {
    what: 'cannot read its repository',
    object: fn([condition('ConfigurationReady', 'False', 'SourceUpdateFailed')], 3),
    health: 'Degraded',
  },
  { what: 'cannot be deployed', object: fn([valid, condition('Running', 'False', 'DeploymentFailed')], 3), health: 'Degraded' },
  {
    what: 'could not be deployed, and was changed since',
    object: fn([valid, condition('Running', 'False', 'DeploymentFailed')], 2),
    health: 'Progressing',
  },
  { what: 'has no Service', object: fn([valid, condition('Running', 'False', 'ServiceFailed')], 3), health: 'Degraded' },
];

/** The controller never observes an invalid spec, so its generation stays the earlier one. */
export const invalidFunctions: readonly Recorded[] = [
  { what: 'is invalid from the start', object: fn([condition('ConfigurationReady', 'False', 'InvalidFunctionSpec')]), health: 'Degraded' },
  { what: 'became invalid', object: fn([condition('ConfigurationReady', 'False', 'InvalidFunctionSpec'), runs], 2), health: 'Degraded' },
];
