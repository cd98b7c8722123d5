import { holeFindings } from '../../hole-finding';
import type { SetRule } from '../../rule';
import { exampleApiRule, jwtOf } from './example-api-rule';
import { documents } from './example-workload';

const issuer = 'https://id.example.com/realms/main';
const admin = jwtOf(issuer, '[{ requiredScopes: [admin] }]');
const read = jwtOf(issuer, '[{ requiredScopes: [read] }]');

const admins = exampleApiRule([`{ path: /orders, methods: [GET], ${admin} }`]);

export const holeMissingClaims: SetRule = {
  id: 'hole-missing-claims',
  layer: 'security',
  severity: 'high',
  title: 'A protected rule lets in only tokens with the scopes and audiences that it asks for',
  why: 'Another rule of the workload admits the request with less, so that every holder of such a token has the rights of this rule.',
  fix: 'Ask for the same scopes and audiences on the overlapping rule, or give the paths workloads of their own.',
  refs: ['RFC 8725 section 3.9', 'RFC 9068 section 4', 'CWE-863'],
  bad: documents(admins, exampleApiRule([`{ path: /*, methods: [GET], ${read} }`], 'readers', '*.example.com')),
  good: documents(admins, exampleApiRule([`{ path: /*, methods: [GET], ${read} }`], 'readers', 'readers.example.com')),
  checkSet: (input) => holeFindings(input, 'missing-claims', 'to tokens without what it asks for'),
};
