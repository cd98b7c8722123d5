import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionRuntimeSchedule = problemRule({
  id: 'function-runtime-schedule',
  layer: 'controller',
  severity: 'info',
  also: { low: 'for a runtime that is deprecated' },
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'The runtime of a Function has no announced end',
  why: 'After its end a runtime gets no security updates, and a later version of the module refuses it.',
  fix: 'Move to a newer runtime and test the handler on it.',
  refs: ['Kyma: available Function runtimes'],
  bad: exampleFunction({ runtime: 'nodejs20' }),
  good: exampleFunction({ runtime: 'nodejs24' }),
});
