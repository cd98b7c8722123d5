import type { ValidateFunction } from 'ajv';
import type { JsonObject } from '../../model/json';
import { kindOf } from '../known-kinds';
import type { Finding, Subject } from '../rule';
import { compileStructure } from './ajv-schema';
import { celFindings } from './cel-findings';
import { bundledKinds, type CrdSchemas } from './crd-schemas';
import type { KindDefinition, VersionDefinition } from './kind-definition';
import { metadataFindings } from './metadata-findings';
import { placeholderFindings } from './placeholders';
import { prepare } from './prepare';
import { isWithin, type SchemaFinding, type SchemaRuleId } from './schema-finding';
import { structureFindings } from './structure-findings';
import type { StructuralSchema } from './structural-schema';
import { unknownFieldJudge } from './unknown-field';

/** What the schema says of objects. */
export interface SchemaCheck {
  readonly schemas: CrdSchemas;
  /** Findings of one rule in an object. */
  readonly findings: (subject: Subject, rule: SchemaRuleId) => readonly Finding[];
}

/** A check of objects against definitions: one pass over each object, which all rules share. */
export function schemaCheck(schemas: CrdSchemas): SchemaCheck {
  const passes = new WeakMap<Subject, readonly SchemaFinding[]>();
  const pass = (subject: Subject): readonly SchemaFinding[] => {
    const known = passes.get(subject) ?? onePass(subject, schemas);
    passes.set(subject, known);
    return known;
  };
  return {
    schemas,
    findings: (subject, rule) =>
      pass(subject)
        .filter((finding) => finding.rule === rule)
        .map(told(subject)),
  };
}

function told({ manifest }: Subject): (finding: SchemaFinding) => Finding {
  return ({ rule: _, ...finding }) => ({ ...finding, manifest });
}

/** The version of an object: what follows the group. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/** A version with what is made of it once, when the first object of it comes. */
interface VersionJudge {
  readonly schema: StructuralSchema;
  readonly validate: ValidateFunction;
  readonly unknownField: ReturnType<typeof unknownFieldJudge>;
}

/** Compiling a version takes longer than a whole small run: the runs of a process share what is made of a definition, as long as that is there. */
const judges = new WeakMap<VersionDefinition, VersionJudge>();

function judgeOf({ kind, group }: KindDefinition, version: VersionDefinition): VersionJudge {
  const known = judges.get(version) ?? versionJudge(`${kind}.${group}`, version);
  judges.set(version, known);
  return known;
}

function versionJudge(kind: string, version: VersionDefinition): VersionJudge {
  const schema = version.schema();
  return { schema, validate: compileStructure(schema), unknownField: unknownFieldJudge(kind, schema) };
}

function onePass(subject: Subject, schemas: CrdSchemas): readonly SchemaFinding[] {
  const { manifest } = subject;
  const kind = kindOf(manifest);
  const placeholders = placeholderFindings(manifest.body, bundledKinds().has(kind));
  const definition = schemas.definitionOf(kind);
  const version = definition?.versions.get(versionOf(manifest.apiVersion));
  if (!definition || version?.served !== true) return placeholders;
  const found = judged(judgeOf(definition, version), subject, placeholders);
  return [...placeholders, ...found.filter(({ path }) => !placeholders.some((placeholder) => isWithin(path, placeholder.path)))];
}

function judged(judge: VersionJudge, { manifest, earlier }: Subject, placeholders: readonly SchemaFinding[]): SchemaFinding[] {
  const { schema, validate, unknownField } = judge;
  const found: SchemaFinding[] = metadataFindings(manifest.body['metadata']);
  const prepared = prepare(schema, manifest.body, { note: (finding) => found.push(finding), unknownField });
  found.push(...structureFindings(validate, prepared, manifest.body));
  const before = earlier && earlier.apiVersion === manifest.apiVersion ? quietly(judge, earlier.body) : undefined;
  found.push(...celFindings({ schema, prepared, ...(before && { earlier: before }), wrong: [...placeholders, ...found] }));
  return found;
}

/** The earlier object is not reported on. */
function quietly({ schema, unknownField }: VersionJudge, body: JsonObject): JsonObject {
  return prepare(schema, body, { note: () => undefined, unknownField });
}
