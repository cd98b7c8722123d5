import type { CheckResult, Severity } from '../model/check-result';
import type { Manifest } from '../model/manifest';
import type { ReadDocument } from '../model/read-manifests';
import type { CrdSchemas } from './schema/crd-schemas';

/** What `runValidate` is asked. */
export interface ValidateInput {
  /** Documents in the order in which they were read; a stream of any length. */
  readonly documents: Iterable<ReadDocument> | AsyncIterable<ReadDocument>;
  readonly options?: ValidateOptions;
}

/** How `runValidate` judges. */
export interface ValidateOptions {
  /** Findings as bad as this or worse are `fail`, others `warn`. @default 'medium' */
  readonly failOn?: Severity;
  /** Only these rules, by id or layer. @default - all */
  readonly select?: readonly string[];
  /** Not these rules, by id or layer. @default - none */
  readonly ignore?: readonly string[];
  /** Schemas beside or instead of the bundled ones (`--crd`). @default - the bundled ones */
  readonly schemas?: CrdSchemas;
  /** Read by the model, not reported on (`--context`). @default - none */
  readonly context?: readonly Manifest[];
  /** Earlier manifests, for what must not change (`--against`). @default - none */
  readonly against?: readonly Manifest[];
  /** Completes hosts of one label. @default - the wildcard host of the Gateway, if the input holds it */
  readonly domain?: string;
  /** Turns findings into suppressed ones, adds what suppressions themselves are reported for. @default - nothing is suppressed */
  readonly suppress?: (results: readonly CheckResult[], manifests: readonly Manifest[]) => readonly CheckResult[];
}
