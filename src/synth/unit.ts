import type { Chart } from 'cdk8s';
import type { JsonPath } from '../model/json';

/** What becomes one file: objects that belong together. Units know nothing of each other, so each is built in an App of its own. */
export interface Unit {
  /** `namespace`, `issuer-NAME`, `function-NAME`, `service-NAME`, `verification` or `verifier`. */
  readonly name: string;
  readonly namespace: string;
  /** Place in the configuration, for problems. */
  readonly path: JsonPath;
  /** Adds the objects to a chart. */
  build(chart: Chart): void;
}
