import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import type { Unit } from './unit';

/** One unit as text. */
export interface BuiltUnit {
  readonly text: string;
  /** Construct path by object name, as cdk8s records it. */
  readonly constructs: Readonly<Record<string, { readonly path: string }>>;
}

/** Why constructs refuse a unit. Sentences without place. */
export class UnitInvalidError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/**
 * Builds a unit in an App of its own. `App.synth` validates the whole App once per chart, so one App for all would take quadratic time.
 * @throws {UnitInvalidError} when a construct refuses it
 */
export function buildUnit(unit: Unit): BuiltUnit {
  const app = new App({ outdir: '' });
  const chart = new Chart(app, unit.name);
  build(unit, chart);
  const all = app.node.findAll();
  const problems = all.flatMap((construct) => construct.node.validate());
  if (problems.length > 0) throw new UnitInvalidError(problems);
  // Not `chart.toJson()`, which would validate all of it again and sort what has no dependencies; a test compares the texts.
  const objects = all.filter((construct) => ApiObject.isApiObject(construct));
  const constructs = Object.fromEntries(objects.map((object) => [object.name, { path: object.node.path }]));
  return { text: Yaml.stringify(...objects.map((object): unknown => object.toJson())), constructs };
}

/** Constructs throw a plain `TypeError` for what the caller got wrong; here the caller is the configuration. */
function build(unit: Unit, chart: Chart): void {
  try {
    unit.build(chart);
  } catch (error) {
    if (error instanceof TypeError && !isDefect(error)) throw new UnitInvalidError([error.message]);
    throw error;
  }
}

/** The same class is thrown by the engine for mistakes in code. */
function isDefect({ message }: TypeError): boolean {
  return /^Cannot (read|set|destructure|convert)|is not (a function|iterable|a constructor|defined)/.test(message);
}
