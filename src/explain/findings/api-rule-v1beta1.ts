import type { LiveCheck } from './finding';

export const apiRuleV1beta1: LiveCheck = {
  id: 'api-rule-v1beta1',
  severity: 'high',
  title: 'Each APIRule was written in a version that is reconciled',
  why: 'Since release 3.10 of the module the controller leaves APIRules of v1beta1 alone: their objects stay as they are, and nobody repairs or updates them.',
  fix: 'Write the APIRule anew in version v2.',
  check: ({ statuses }) =>
    statuses
      .filter(({ origin }) => origin === 'v1beta1')
      .map(({ manifest, isEmpty }) => ({
        manifest,
        path: ['metadata', 'annotations', 'gateway.kyma-project.io/original-version'],
        message: isEmpty
          ? 'was written in v1beta1 and shows no rules in this version; its spec stands in the annotation gateway.kyma-project.io/v1beta1-spec'
          : 'was written in v1beta1; the rules that this version shows are a conversion that nobody enforces',
      })),
};
