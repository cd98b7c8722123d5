import type { Manifest } from '../../../model/manifest';
import type { Problem } from '../../../model/problem';
import type { Finding } from '../../rule';

/** A problem of an object that was found with the help of another one. */
export function problemFinding(manifest: Manifest, { path, message, fix, says, severity }: Problem): Finding {
  return {
    manifest,
    path,
    message,
    ...(fix !== undefined && { fix }),
    ...(says !== undefined && { reason: says }),
    ...(severity !== undefined && { severity }),
  };
}
