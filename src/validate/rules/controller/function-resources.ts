import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionResources = problemRule({
  id: 'function-resources',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'The resources of a Function are admitted by its controller',
  why: 'The controller refuses memory under 16Mi and requests over their limits, and no Pod starts.',
  fix: 'Request at most what the limit allows, and at least 16Mi of memory.',
  refs: ['Kyma Function custom resource, spec.resourceConfiguration.function.resources'],
  bad: exampleFunction({
    members: ['resourceConfiguration: { function: { resources: { requests: { memory: 1Gi }, limits: { memory: 512Mi } } } }'],
  }),
  good: exampleFunction({
    members: ['resourceConfiguration: { function: { resources: { requests: { memory: 512Mi }, limits: { memory: 1Gi } } } }'],
  }),
});
