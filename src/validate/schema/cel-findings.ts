import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/json';
import { celRuleFinding, type CelSubject } from './cel-rule-finding';
import { celFree, celName, celObject, celScalar } from './cel-value';
import { entryKey } from './list-entries';
import { isWithin, type SchemaFinding } from './schema-finding';
import type { StructuralSchema } from './structural-schema';

/** What the CEL rules of a definition are evaluated against. */
export interface CelInput {
  readonly schema: StructuralSchema;
  /** The object after defaulting and pruning. */
  readonly prepared: JsonObject;
  /** The earlier object, prepared alike. @default - not known */
  readonly earlier?: JsonObject;
  /** What is wrong already: a rule is not evaluated at such a value, and may fail over one below it. */
  readonly wrong: readonly SchemaFinding[];
}

/** What all CEL rules of a definition say of an object. Rules about a change are counted as skipped when the earlier object is not known. */
export function celFindings(input: CelInput): SchemaFinding[] {
  if (!input.schema.hasRules) return [];
  const walk = new CelWalk(input);
  walk.visit(input.schema, input.prepared, input.earlier, []);
  return walk.findings;
}

class CelWalk {
  readonly findings: SchemaFinding[] = [];
  private skipped = 0;
  constructor(private readonly input: CelInput) {}

  /** Evaluates the rules at a value and below it; returns the value as CEL sees it. */
  visit(schema: StructuralSchema, value: JsonValue, old: JsonValue | undefined, path: JsonPath): CelPair {
    const pair = this.below(schema, value, old, path);
    // A null has no rules of its own: those of the object around it speak for it.
    if (value !== null) this.evaluate({ schema, path, ...pair });
    return pair;
  }

  private below(schema: StructuralSchema, value: JsonValue, old: JsonValue | undefined, path: JsonPath): CelPair {
    if (Array.isArray(value)) return this.entries(schema, value, old, path);
    if (isJsonObject(value)) return this.members(schema, value, old, path);
    return { self: celScalar(schema, value), ...(old !== undefined && { oldSelf: celScalar(schema, old) }) };
  }

  private entries(schema: StructuralSchema, list: readonly JsonValue[], old: JsonValue | undefined, path: JsonPath): CelPair {
    const { items } = schema;
    const oldList = Array.isArray(old) ? old : undefined;
    if (!items) return pairOf(list.map(celFree), oldList?.map(celFree));
    // Only entries with keys can be told from one version of the object to the next.
    const oldByKey = new Map(schema.listType.kind === 'map' ? (oldList ?? []).map((entry) => [entryKey(schema, entry), entry]) : []);
    const pairs = list.map((entry, index) => this.visit(items, entry, oldByKey.get(entryKey(schema, entry)), [...path, index]));
    return pairOf(
      pairs.map(({ self }) => self),
      oldList?.map((entry) => silent(items, entry)),
    );
  }

  private members(schema: StructuralSchema, value: JsonObject, old: JsonValue | undefined, path: JsonPath): CelPair {
    const oldObject = isJsonObject(old) ? old : undefined;
    const members = Object.entries(value).flatMap(([key, member]) => {
      const below = schema.properties.get(key) ?? schema.additional;
      const name = schema.properties.has(key) ? celName(key) : key;
      if (member === undefined) return [];
      if (below === undefined || below === true) return [[name, celFree(member)] as const];
      return [[name, this.visit(below, member, oldObject?.[key], [...path, key]).self] as const];
    });
    return pairOf(celObject(members), oldObject && silent(schema, oldObject));
  }

  private evaluate(subject: CelSubject): void {
    const { path } = subject;
    if (this.input.wrong.some((finding) => speaksFor(finding, path))) return;
    const broken = this.input.wrong.some((finding) => isWithin(finding.path, path));
    for (const rule of subject.schema.rules) {
      const finding = celRuleFinding(rule, subject, this.input.earlier !== undefined);
      if (finding === undefined) continue;
      if (finding.skipped === true) {
        this.skipped += 1;
        if (this.skipped > 1) continue;
      }
      // What is wrong below is told there; that a rule stumbles over it is no news.
      if (!(finding.undecided === true && broken)) this.findings.push(finding);
    }
  }
}

/**
 * A value of a wrong type, or a placeholder, has no rules, nor has the object that it is a member of: the API server evaluates none before
 * types are right. A value that is wrong otherwise is told once, but its parts are judged.
 */
function speaksFor({ rule, path: place }: SchemaFinding, path: JsonPath): boolean {
  if (rule === 'schema-type' && place.length === path.length + 1 && isWithin(place, path)) return true;
  if (rule === 'schema-type' || rule === 'manifest-placeholder') return isWithin(path, place);
  return rule === 'schema-value' && path.length === place.length && isWithin(path, place);
}

interface CelPair {
  readonly self: unknown;
  readonly oldSelf?: unknown;
}

function pairOf(self: unknown, oldSelf: unknown): CelPair {
  return oldSelf === undefined ? { self } : { self, oldSelf };
}

/** A value as CEL sees it, without evaluating anything. */
function silent(schema: StructuralSchema, value: JsonValue | undefined): unknown {
  const bare: StructuralSchema = { ...schema, rules: [] };
  if (Array.isArray(value)) return value.map((entry) => (bare.items ? silent(bare.items, entry) : celFree(entry)));
  if (!isJsonObject(value)) return value === undefined ? undefined : celScalar(bare, value);
  return celObject(
    Object.entries(value).map(([key, member]) => {
      const below = bare.properties.get(key) ?? bare.additional;
      return [
        bare.properties.has(key) ? celName(key) : key,
        below === undefined || below === true ? celFree(member) : silent(below, member),
      ];
    }),
  );
}
