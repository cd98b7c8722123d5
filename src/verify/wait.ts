import { calibrate } from './calibrate';
import type { Endpoint } from './endpoint';
import type { RouteMaterial } from './materials';
import { openSession, type RunSettings } from './session';

const pauseMs = 2000;

/** How long to wait, and by what clock. */
export interface Patience {
  readonly waitMs: number;
  readonly pause: (ms: number) => Promise<void>;
  readonly now: () => number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/**
 * Polls the first protected endpoint until a good token gets in and nobody else does, or the time is over. Where there is no good token it is
 * enough that strangers are refused. Judges nothing.
 */
export async function waitUntilReady(
  endpoint: Endpoint,
  materials: readonly RouteMaterial[],
  settings: RunSettings,
  patience: Patience,
): Promise<boolean> {
  const session = openSession(endpoint, settings);
  const routes = materials.flatMap(({ route: { trust }, token }) => (token === undefined ? [] : [{ trust, token }])).slice(0, 1);
  const end = patience.now() + patience.waitMs;
  for (;;) {
    const { best } = await calibrate(session, routes, settings.nonce);
    const refused = best.none.kind === 'answer' && [401, 403].includes(best.none.status);
    if (best.control === 'proven' || (routes.length === 0 && refused)) return true;
    if (patience.now() + pauseMs > end || patience.signal?.aborted || session.isCut()) return false;
    await patience.pause(pauseMs);
  }
}
