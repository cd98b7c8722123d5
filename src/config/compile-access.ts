import type { JsonPath } from '../model/json';
import type { Finding } from './describe-issue';
import type { LockEntry } from './lock-file';
import type { Config } from './schema';
import type { AccessConfig, RequirementConfig, RuleConfig } from './schema-expose';

/** What a rule demands, with every name resolved. */
export interface CompiledAccess {
  /** Names under `issuers`. */
  readonly issuers: readonly string[];
  /** Alternatives, each distinct. Empty: any valid token of the issuers. */
  readonly authorizations: readonly { readonly audiences?: readonly string[]; readonly scopes?: readonly string[] }[];
}

/** Result of {@link compileAccess}. */
export interface AccessResult {
  readonly access: CompiledAccess | 'public';
  /** Issuers about which the lock file has to say something before the rule can be written. */
  readonly missing: readonly string[];
  readonly findings: readonly Finding[];
}

/** What the compilation needs to know of its surroundings. */
export interface AccessContext {
  readonly issuers: NonNullable<Config['issuers']>;
  readonly lock: Readonly<Record<string, LockEntry>>;
}

interface Entry extends RequirementConfig {
  readonly issuer: string;
  /** Place of the entry, relative to the rule. */
  readonly path: JsonPath;
}

interface Requirement {
  readonly entry: Entry;
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
}

/**
 * Turns the access of a rule into what an APIRule can say. There every authorization counts for every issuer of the rule, so what is
 * demanded per issuer becomes a list of alternatives; where that would silently void a demand, it is a finding.
 */
export function compileAccess(access: RuleConfig['access'], context: AccessContext): AccessResult {
  if (access === 'public') return { access, missing: [], findings: [] };
  const findings: Finding[] = [];
  const missing = new Set<string>();
  const entries = entriesOf(access, context, findings);
  for (const entry of entries) if (isUnknown(entry.issuer, context)) missing.add(entry.issuer);
  const resolver = new Resolver(entries, context, missing, findings);
  const requirements = entries.filter(({ issuer }) => context.issuers[issuer]).map((entry) => requirementOf(entry, access, resolver));
  findings.push(...voidedDemands(requirements));
  return {
    access: { issuers: entries.map(({ issuer }) => issuer), authorizations: distinct(requirements) },
    missing: [...missing],
    findings,
  };
}

/** Nobody knows the issuer string yet. */
function isUnknown(name: string, { issuers, lock }: AccessContext): boolean {
  const issuer = issuers[name];
  return issuer?.kind === 'xsuaa' && issuer.url === undefined && !lock[name];
}

function entriesOf(access: Exclude<AccessConfig, 'public'> | undefined, { issuers }: AccessContext, findings: Finding[]): Entry[] {
  const declared = Object.keys(issuers);
  const named = access?.jwt.issuers;
  if (!named) {
    const [only, second] = declared;
    if (only !== undefined && second === undefined) return [{ issuer: only, path: ['access'] }];
    const message =
      second === undefined
        ? 'needs an issuer, but none is declared; declare one under issuers, or say public'
        : `does not say whose tokens it accepts; give access.jwt.issuers with one or more of ${declared.join(', ')}`;
    findings.push({ path: ['access'], message });
    return [];
  }
  const entries = named.map((entry, index): Entry => {
    const path = ['access', 'jwt', 'issuers', index];
    return typeof entry === 'string' ? { issuer: entry, path } : { ...entry, path };
  });
  const seen = new Set<string>();
  for (const { issuer, path } of entries) {
    if (seen.has(issuer)) findings.push({ path, message: `names ${issuer} a second time; name each issuer once` });
    seen.add(issuer);
  }
  return entries;
}

function requirementOf(entry: Entry, access: Exclude<AccessConfig, 'public'> | undefined, resolver: Resolver): Requirement {
  const rule: RequirementConfig = access?.jwt ?? {};
  const clients = resolver.clientsOf(entry, rule);
  const scopes = [...(rule.scopes ?? []), ...(entry.scopes ?? [])].map((text) => resolver.text(text, entry));
  const audiences = [...(rule.audiences ?? []), ...(entry.audiences ?? [])].map((text) => resolver.text(text, entry));
  if (clients === 'own') audiences.push(resolver.fact(entry.issuer, 'clientId'));
  if (clients === 'granted') audiences.push(resolver.fact(entry.issuer, 'xsappname'));
  if (clients === 'granted' && scopes.length === 0)
    resolver.report({ path: entry.path, message: 'accepts clients: granted without a scope; give the scopes that were granted' });
  return { entry, audiences: sorted(audiences), scopes: sorted(scopes) };
}

/** Looks up what the configuration leaves to the lock file. */
class Resolver {
  constructor(
    private readonly entries: readonly Entry[],
    private readonly context: AccessContext,
    private readonly missing: Set<string>,
    private readonly findings: Finding[],
  ) {}

  report(finding: Finding): void {
    this.findings.push(finding);
  }

  clientsOf(entry: Entry, rule: RequirementConfig): 'own' | 'granted' | 'any' {
    if (this.context.issuers[entry.issuer]?.kind === 'xsuaa') return entry.clients ?? rule.clients ?? 'own';
    if (entry.clients)
      this.report({
        path: [...entry.path, 'clients'],
        message: `is for XSUAA, and ${entry.issuer} is none; give audiences or scopes instead`,
      });
    return 'any';
  }

  fact(issuer: string, fact: 'clientId' | 'xsappname'): string {
    const known = this.context.lock[issuer];
    if (known) return known[fact];
    this.missing.add(issuer);
    return `\u0000${fact} of ${issuer}`;
  }

  text(text: string, entry: Entry): string {
    if (text.startsWith('*') || text.endsWith('*'))
      this.report({
        path: entry.path,
        message: `demands ${JSON.stringify(text)}, which the gateway reads as a wildcard; write the name out`,
      });
    if (!text.includes('$XSAPPNAME')) return text;
    const owner = this.ownerOf(entry);
    return owner === undefined ? text : text.replaceAll('$XSAPPNAME', () => this.fact(owner, 'xsappname'));
  }

  private ownerOf(entry: Entry): string | undefined {
    const isXsuaa = (name: string): boolean => this.context.issuers[name]?.kind === 'xsuaa';
    if (isXsuaa(entry.issuer)) return entry.issuer;
    const [only, second] = this.entries.map(({ issuer }) => issuer).filter(isXsuaa);
    if (only !== undefined && second === undefined) return only;
    this.report({
      path: entry.path,
      message: '$XSAPPNAME is the name of an XSUAA application, but the rule does not name exactly one XSUAA issuer; write the name out',
    });
    return undefined;
  }
}

/** Alternatives count for every issuer: a demand that includes another one's is never asked for. */
function voidedDemands(requirements: readonly Requirement[]): Finding[] {
  return requirements.flatMap((strong) => {
    const weak = requirements.find((other) => isWeaker(other, strong));
    if (!weak) return [];
    const { issuer: open } = weak.entry;
    const { issuer: strict, path } = strong.entry;
    const demand = size(weak) === 0 ? 'nothing' : 'less';
    return [
      {
        path,
        message: `the rule demands audiences or scopes of ${strict} but ${demand} of ${open}, and in an APIRule what satisfies one issuer satisfies all: tokens of ${strict} would get in without what is demanded of them`,
        fix: `Give ${open} audiences or scopes of its own, as in { issuer: ${open}, audiences: [NAME] }, or move ${open} to an API rule with another host.`,
      },
    ];
  });
}

function isWeaker(weak: Requirement, strong: Requirement): boolean {
  const includes = (all: readonly string[], some: readonly string[]): boolean => some.every((text) => all.includes(text));
  return size(weak) < size(strong) && includes(strong.audiences, weak.audiences) && includes(strong.scopes, weak.scopes);
}

function size({ audiences, scopes }: Requirement): number {
  return audiences.length + scopes.length;
}

function distinct(requirements: readonly Requirement[]): CompiledAccess['authorizations'] {
  const byText = new Map<string, Requirement>();
  for (const requirement of requirements) {
    const text = JSON.stringify([requirement.audiences, requirement.scopes]);
    if (size(requirement) > 0 && !byText.has(text)) byText.set(text, requirement);
  }
  return [...byText.values()].map(({ audiences, scopes }) => ({
    ...(audiences.length > 0 && { audiences }),
    ...(scopes.length > 0 && { scopes }),
  }));
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
