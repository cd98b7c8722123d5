import { exposuresByWorkload, isProtected } from '../../exposures-of';
import { ruleText } from '../../rests-on';
import type { Finding, SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents, exampleFunction } from '../security/example-workload';

const closed = `{ path: /orders, methods: [GET], ${exampleJwt} }`;

export const handlerMixed: SetRule = {
  id: 'handler-mixed',
  layer: 'set',
  severity: 'info',
  title: 'A Function serves public or protected paths, not both',
  why: 'One handler gets every path. If it does not look at the path itself, a call of a public path is answered with what the protected path was meant for.',
  fix: 'Compare the path in the handler, or split the Function in two.',
  refs: ['Kyma documentation, Function, handler', 'CWE-863'],
  bad: documents(exampleApiRule(['{ path: /health, methods: [GET], noAuth: true }', closed]), exampleFunction()),
  good: documents(exampleApiRule([closed]), exampleFunction()),
  checkSet: (input) =>
    [...exposuresByWorkload(input).values()].flatMap((exposures): Finding[] => {
      const manifest = exposures[0]?.facts?.manifest;
      const closed = exposures.find(isProtected);
      const open = exposures.find((exposure) => !isProtected(exposure));
      if (manifest?.kind !== 'Function' || !closed || !open) return [];
      const message = `one handler serves ${open.rule.path}, which is public, and ${closed.rule.path}, which is protected; it should look at the path itself`;
      return [{ manifest, path: [], message, rests: exposures.map(ruleText) }];
    }),
};
