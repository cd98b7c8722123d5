import type { JsonObject } from '../../model/json';

/** Definitions of kinds that objects are checked against. */
export interface CrdSchemas {
  /** Every CustomResourceDefinition, reduced or as published. */
  readonly definitions: readonly JsonObject[];
}
