import type { JsonObject, JsonValue } from '../../model/json';

/** Types that a definition may give a field. */
export const schemaTypes = ['object', 'array', 'string', 'integer', 'number', 'boolean'] as const;
export type SchemaType = (typeof schemaTypes)[number];

/** One entry of `x-kubernetes-validations`. */
export interface CelRule {
  readonly rule: string;
  /** @default - the text of the rule */
  readonly message?: string;
  /** An expression that makes the message; beats `message` when it gives one line of text. */
  readonly messageExpression?: string;
  /** Where below the value the API server puts the blame, as `.spec.field`. @default - the value */
  readonly fieldPath?: string;
  /** True when the rule is evaluated on creation, too, with an empty `oldSelf`. @default false */
  readonly optionalOldSelf: boolean;
}

/** How entries of a list are told apart. */
export type ListType = { readonly kind: 'atomic' | 'set' } | { readonly kind: 'map'; readonly keys: readonly string[] };

/** A node of a definition, as Kubernetes reads it. @see Kubernetes, "Specifying a structural schema" */
export interface StructuralSchema {
  /** Absent for int-or-string values, and for any value under `x-kubernetes-preserve-unknown-fields`. */
  readonly type?: SchemaType;
  readonly properties: ReadonlyMap<string, StructuralSchema>;
  readonly required: readonly string[];
  readonly items?: StructuralSchema;
  /** Schema of values under free keys; `true` for any value. */
  readonly additional?: StructuralSchema | true;
  readonly nullable: boolean;
  readonly intOrString: boolean;
  readonly preserveUnknown: boolean;
  /** A whole object with apiVersion, kind and metadata. */
  readonly embedded: boolean;
  readonly listType: ListType;
  readonly format?: string;
  readonly default?: JsonValue;
  readonly rules: readonly CelRule[];
  /** True when this node or one below has a CEL rule. */
  readonly hasRules: boolean;
  /** The node as it was written, for the keywords that ajv judges. */
  readonly raw: JsonObject;
}
