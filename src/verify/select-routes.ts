import { UsageError } from '../model/errors';
import { isNamed, type RouteName } from '../model/route-pattern';
import { routesHint } from './idle-options';

/**
 * What `--only` and `--skip` leave of the routes.
 * @throws {UsageError} ERR_USAGE when nothing is left
 */
export function routeSelection(
  routes: readonly RouteName[],
  { only, skip = [] }: { readonly only?: readonly string[]; readonly skip?: readonly string[] },
): (route: RouteName) => boolean {
  const chosen = (route: RouteName): boolean => (only === undefined || isNamed(route, only)) && !isNamed(route, skip);
  if (routes.length > 0 && !routes.some(chosen))
    throw new UsageError('no route is left: --skip takes out all that there are', routesHint(routes));
  return chosen;
}
