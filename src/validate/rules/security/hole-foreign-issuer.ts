import { holeFindings } from '../../hole-finding';
import type { SetRule } from '../../rule';
import { exampleApiRule, exampleJwt, jwtOf } from './example-api-rule';
import { documents } from './example-workload';

const partner = jwtOf('https://login.partner.example.com');

const own = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

export const holeForeignIssuer: SetRule = {
  id: 'hole-foreign-issuer',
  layer: 'security',
  severity: 'high',
  title: 'A protected rule lets in tokens of its own issuers only',
  why: 'Holders of a valid token of another issuer reach what only the issuers of this rule should open.',
  fix: 'Name the issuers of the rule on the overlapping rule too, or give the paths workloads of their own.',
  refs: ['RFC 8725 section 3.8', 'CWE-863'],
  bad: documents(own, exampleApiRule([`{ path: /*, methods: [GET], ${partner} }`], 'partners', '*.example.com')),
  good: documents(own, exampleApiRule([`{ path: /*, methods: [GET], ${partner} }`], 'partners', 'partners.example.com')),
  checkSet: (input) => holeFindings(input, 'foreign-issuer', 'to tokens of an issuer that it does not trust'),
};
