import { rulePathProblems } from '../model/api-rule-checks';
import { closest } from '../model/closest';
import type { JsonObject, JsonPath } from '../model/json';
import { objectsAt, textOf } from '../model/json-fields';
import { routeMatcher } from '../model/path-template';
import { samplePaths } from '../model/sample-paths';
import type { Finding } from './describe-issue';
import { exposuresOf } from './exposures';
import type { Config } from './schema';
import type { ExposeConfig, RuleConfig } from './schema-expose';

/** Rules that no request reaches or that a public rule opens, each at its own place, whether or not their issuers are known. */
export function orderFindings({ rules }: ExposeConfig, path: JsonPath): Finding[] {
  const entries = rules.map(({ path: at, methods, access }): JsonObject => {
    return { path: at, methods: [...methods], ...(access === 'public' ? { noAuth: true } : { jwt: {} }) };
  });
  return rulePathProblems(entries).map(({ path: [, ...at], message, fix }) => ({
    path: [...path, ...at],
    message: message.replaceAll('spec.rules[', 'rules['),
    ...(fix !== undefined && { fix: `${fix.charAt(0).toUpperCase()}${fix.slice(1)}.` }),
  }));
}

/** Browsers ask with OPTIONS before they send a token, a body or an unusual method; where no rule has it, the answer is 404. */
export function preflightFindings({ cors, rules }: ExposeConfig, path: JsonPath): Finding[] {
  if (!cors) return [];
  const answering = rules.filter(({ methods }) => methods.includes('OPTIONS')).map((rule) => routeMatcher(rule.path));
  return rules.flatMap((rule, index): Finding[] => {
    if (!needsPreflight(rule) || samplePaths(rule.path).every((sample) => answering.some((matches) => matches(sample)))) return [];
    return [
      {
        path: [...path, 'rules', index, 'methods'],
        message: `lists ${rule.methods.join(', ')} beside a CORS policy, but not OPTIONS: the preflight of a browser finds no route and gets 404`,
        fix: 'Add OPTIONS to methods.',
      },
    ];
  });
}

/** @see https://fetch.spec.whatwg.org/#cors-safelisted-method */
function needsPreflight({ access, methods }: RuleConfig): boolean {
  if (methods.every((method) => method === 'OPTIONS')) return false;
  return access !== 'public' || methods.some((method) => !['GET', 'HEAD', 'POST', 'OPTIONS'].includes(method));
}

/** Scopes of an own application that its security descriptor does not declare, so that no token ever carries them. */
export function scopeFindings(config: Config, security: Readonly<Record<string, JsonObject>>): Finding[] {
  return [...exposuresOf(config)].flatMap(({ expose, path }) =>
    expose.rules.flatMap((rule, index) =>
      demandedScopes(rule, config).flatMap(({ scope, issuer, at }) => {
        const descriptor = security[issuer];
        return descriptor ? undeclared(scope, issuer, descriptor, [...path, 'rules', index, ...at]) : [];
      }),
    ),
  );
}

interface DemandedScope {
  readonly scope: string;
  readonly issuer: string;
  readonly at: JsonPath;
}

function demandedScopes({ access }: RuleConfig, { issuers = {} }: Config): DemandedScope[] {
  if (access === undefined || access === 'public') return [];
  const { issuers: entries = Object.keys(issuers), scopes = [] } = access.jwt;
  const at = ['access', 'jwt'];
  return entries.flatMap((entry, index) => {
    const { issuer, scopes: own = [] } = typeof entry === 'string' ? { issuer: entry } : entry;
    if (issuers[issuer]?.kind !== 'xsuaa') return [];
    return [
      ...scopes.map((scope, position) => ({ scope, issuer, at: [...at, 'scopes', position] })),
      ...own.map((scope, position) => ({ scope, issuer, at: [...at, 'issuers', index, 'scopes', position] })),
    ];
  });
}

function undeclared(scope: string, issuer: string, descriptor: JsonObject, path: JsonPath): Finding[] {
  const declared = objectsAt(descriptor, 'scopes').map(([entry]) => textOf(entry['name']));
  if (!scope.startsWith('$XSAPPNAME.') || declared.includes(scope)) return [];
  const near = closest(
    scope.slice('$XSAPPNAME.'.length),
    declared.map((name) => name.replace('$XSAPPNAME.', '')),
  );
  const hint = near === undefined ? '' : `; did you mean $XSAPPNAME.${near}?`;
  const known = declared.length === 0 ? 'it declares none' : `it declares ${declared.join(', ')}`;
  return [
    {
      path,
      message: `is ${JSON.stringify(scope)}, which the security descriptor of ${issuer} does not declare${hint}`,
      fix: `Give a scope that is declared, or declare it; ${known}.`,
    },
  ];
}
