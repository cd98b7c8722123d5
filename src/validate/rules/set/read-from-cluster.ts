import { objectAt } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';

/** True for an object that a cluster printed: what else the cluster holds need not have been printed with it. */
export function isReadFromCluster({ body }: Manifest): boolean {
  return typeof objectAt(body, 'metadata')['uid'] === 'string';
}
