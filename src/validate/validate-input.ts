import type { Severity } from '../model/check-result';
import type { Manifest } from '../model/manifest';
import type { ReadDocument } from '../model/read-manifests';
import type { VerbOutcome } from '../model/verb-outcome';
import type { Policy } from './policy/policy';
import type { CrdSchemas } from './schema/crd-schemas';
import type { BaselineUse } from '../model/accepted-findings';
import type { Baseline, BaselineFiles } from './suppress/baseline';
import type { ConfiguredSuppression } from './suppress/suppression-entry';

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
  /** What the organisation allows (`--policy`). @default - everything */
  readonly policy?: Policy;
  /** Suppressions of a configuration. Those in annotations count always. @default - none */
  readonly suppressions?: readonly ConfiguredSuppression[];
  /** Findings that were accepted earlier (`--baseline`). @default - none */
  readonly baseline?: Baseline;
  /** What becomes of the baseline: see `ValidateOutcome.baseline`. @default 'keep' */
  readonly baselineUse?: BaselineUse;
  /** What files are called in the baseline. @default - as in the documents, and entries are looked for by their objects only */
  readonly baselineFiles?: BaselineFiles;
  /** Day, `YYYY-MM-DD`, that the last days of suppressions are compared with. @default - today, UTC */
  readonly today?: string;
}

/** What `runValidate` found. */
export interface ValidateOutcome extends VerbOutcome {
  /** The baseline after this run, to be written by who wants to keep it; absent when none was given. */
  readonly baseline?: Baseline;
}
