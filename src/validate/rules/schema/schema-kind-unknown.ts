import { kindOf } from '../../known-kinds';
import { meantKind } from '../../meant-kind';
import type { ObjectRule, RuleFacts } from '../../rule';
import type { SchemaCheck } from '../../schema/check-schema';
import { exampleSpec } from './example-objects';

const facts: RuleFacts = {
  id: 'schema-kind-unknown',
  layer: 'schema',
  severity: 'high',
  title: 'Objects have a kind and a group that exist',
  why: 'The API server refuses the object, so what it was to protect or to produce is missing; here, no rule would look at it.',
  fix: 'Write kind and apiVersion as the documentation of the kind has them.',
  refs: ['Kubernetes documentation, Kubernetes objects, required fields'],
  bad: exampleSpec('').replace('kind: APIRule', 'kind: ApiRules'),
  good: exampleSpec(''),
};

/** Objects whose kind or group is misspelled. A definition of the user's own cluster (`--crd`) makes any kind a known one. */
export function schemaKindUnknown({ schemas }: SchemaCheck): ObjectRule {
  return {
    ...facts,
    kinds: ['*'],
    check: ({ manifest }) => {
      const meant = schemas.definitionOf(kindOf(manifest)) ? undefined : meantKind(manifest);
      if (!meant) return [];
      const { apiVersion, kind } = manifest;
      const is = meant.member === 'kind' ? `${kind} is no kind of ${apiVersion}` : `${apiVersion} has no kind ${kind}`;
      const name = meant.group === '' ? meant.kind : `${meant.kind} of the group ${meant.group}`;
      const reason = `The API server says: no matches for kind "${kind}" in version "${apiVersion}"`;
      return [{ manifest, path: [meant.member], message: `${is}; did you mean ${name}?`, reason, alone: true }];
    },
  };
}
