import { holeFindings } from '../../hole-finding';
import type { SetRule } from '../../rule';
import { exampleApiRule, exampleJwt, jwtOf } from './example-api-rule';

const partner = jwtOf('https://login.partner.example.com');

export const holeForeignIssuer: SetRule = {
  id: 'hole-foreign-issuer',
  layer: 'security',
  severity: 'high',
  title: 'A protected rule lets in tokens of its own issuers only',
  why: 'Holders of a valid token of another issuer reach what only the issuers of this rule should open.',
  fix: 'Name the issuers of the rule on the overlapping rule too, or give the paths workloads of their own.',
  refs: ['RFC 8725 section 3.8', 'CWE-863'],
  bad: exampleApiRule([`{ path: /, methods: [GET], ${exampleJwt} }`, `{ path: /*, methods: [GET], ${partner} }`]),
  good: exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`, `{ path: /*, methods: [GET], ${partner} }`]),
  checkSet: (input) => holeFindings(input, 'foreign-issuer', 'to tokens of an issuer that it does not trust'),
};
