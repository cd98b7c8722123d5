import { Testing, type Chart } from 'cdk8s';
import type { JsonObject } from '../../src/model/json';

/** Objects that a chart writes; throws what synthesis throws. */
export function synthesize(build: (chart: Chart) => unknown): JsonObject[] {
  const chart = Testing.chart();
  build(chart);
  return Testing.synth(chart) as JsonObject[];
}

/** The only object of a kind that a chart writes. */
export function synthesizeKind(kind: string, build: (chart: Chart) => unknown): JsonObject {
  const [object, ...others] = synthesize(build).filter((candidate) => candidate['kind'] === kind);
  if (object === undefined || others.length > 0) throw new Error(`${others.length + (object ? 1 : 0)} objects of kind ${kind}`);
  return object;
}

/** Why a chart cannot be written; the empty text when it can. */
export function refusal(build: (chart: Chart) => unknown): string {
  try {
    synthesize(build);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
