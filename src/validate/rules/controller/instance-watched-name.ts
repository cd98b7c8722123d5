import { problemRule } from '../../problem-rule';
import { exampleInstance, watched } from './example-instance';

export const instanceWatchedName = problemRule({
  id: 'instance-watched-name',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'A Secret that is watched has a name of at most 52 characters',
  why: 'The operator makes the name a part of a label key, which the API server refuses when it is longer: changes of the Secret are never seen.',
  fix: 'Rename the Secret.',
  refs: ['SAP BTP service operator, README: watchParametersFromChanges'],
  bad: exampleInstance({ members: watched('x'.repeat(53)) }),
  good: exampleInstance({ members: watched('x'.repeat(52)) }),
});
