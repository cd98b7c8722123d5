import { exampleApiRule } from './example-api-rule';

/** An APIRule with one protected rule that trusts one issuer, for the examples of rules. */
export function exampleIssuer(issuer: string, jwksUri: string, authorizations = '[{ audiences: [orders] }]'): string {
  return exampleToken(`authentications: [{ issuer: '${issuer}', jwksUri: '${jwksUri}' }], authorizations: ${authorizations}`);
}

/** An APIRule with one protected rule; `jwt` and `more` are members of flow mappings, those of `jwt` and of the rule. */
export function exampleToken(jwt: string, more = ''): string {
  return exampleApiRule([`{ path: /orders, methods: [GET], jwt: { ${jwt} }${more === '' ? '' : `, ${more}`} }`]);
}

/** An APIRule with further lines of `spec`, each in flow style. */
export function exampleSpec(rules: readonly string[], lines: readonly string[]): string {
  return `${exampleApiRule(rules)}${lines.map((line) => `  ${line}\n`).join('')}`;
}
