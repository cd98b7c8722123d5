import { soundEnvoys, weakEnvoys } from '../conformance/weak-envoys';
import { soundExpress, weakExpress } from './express-gateways';
import { soundFastify, soundFastifyLate, weakFastify } from './fastify-gateways';
import { soundGateways } from './sound-gateways';
import { weakDeployments } from './weak-deployments';

/** What docs/probes.md tells of a deployment. */
export interface Catalogued {
  /** What is special about it, as a part of a sentence. */
  readonly name: string;
  readonly raises: readonly string[];
}

/** Every weak deployment of the tests; each table has its test in test/verify/kill-matrix/, Envoy its own in test/conformance/. */
export const weakCatalogue: readonly Catalogued[] = [
  ...weakDeployments,
  ...weakExpress,
  ...weakFastify,
  ...weakEnvoys.map(({ name, raises }) => ({ name: `made of Envoy ${name}`, raises })),
].map(({ name, raises }) => ({ name, raises }));

/** Every sound one. */
export const soundCatalogue: readonly Catalogued[] = [
  ...soundGateways,
  soundExpress,
  soundFastify,
  soundFastifyLate,
  ...soundEnvoys.map(({ name, rules }) => ({ name: `made of Envoy ${name} (${rules} rules)` })),
].map(({ name }) => ({ name, raises: [] }));
