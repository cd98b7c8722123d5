import { listAt, objectsAt, textOf } from '../../../model/json-fields';
import type { ObjectRule } from '../../rule';
import { exampleApiRule } from './example-api-rule';
import { apiRuleKind, servedSpec } from './token-rules-of';

const example = ['{ path: /headers, methods: [GET], noAuth: true }'];

export const hostWildcardPublic: ObjectRule = {
  id: 'host-wildcard-public',
  layer: 'security',
  severity: 'low',
  title: 'Public rules name their host',
  why: 'The policy of a public rule on a wildcard host covers every name below it on this workload, also one that another APIRule protects, today or later.',
  fix: 'Name the hosts one by one, or give the wildcard host a workload of its own.',
  refs: ['Kyma documentation, APIRule, wildcard host', 'CWE-1220'],
  bad: exampleApiRule(example, 'orders', '"*.example.com"'),
  good: exampleApiRule(example, 'orders', 'star.example.com'),
  kinds: apiRuleKind,
  check: ({ manifest }) => {
    const spec = servedSpec(manifest);
    const index = listAt(spec, 'hosts').findIndex((host) => textOf(host).startsWith('*.'));
    const open = objectsAt(spec, 'rules').flatMap(([rule]) => (rule['noAuth'] === true ? [rule] : []));
    if (index < 0 || open.length === 0) return [];
    const message = `public rules apply to every host that ${textOf(listAt(spec, 'hosts')[index])} covers; hosts should be named`;
    return [{ manifest, path: ['spec', 'hosts', index], message, rests: open }];
  },
};
