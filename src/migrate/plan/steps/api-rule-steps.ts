import type { Migrating } from '../migrating';
import { stillAnswersCommand, verifyCommands } from './commands';
import type { PlanInput, Step } from './plan-input';

const forwardOnly =
  'Forward only: v1beta1 cannot be written any more, and is not reconciled since API Gateway 3.10. To close it again, delete the APIRule.';

/**
 * One step for each APIRule, in order.
 * @param closed whether policies keep the workload closed from before the first one
 */
export function apiRuleSteps({ all }: PlanInput, closed: boolean): Step[] {
  return all.map((apiRule, at) => {
    const rest = all.slice(at + 1);
    const done = all.slice(0, at + 1);
    return {
      title: `Apply APIRule ${apiRule.ref} (host ${apiRule.host})`,
      apply: [`APIRule ${apiRule.ref}`],
      remove: [],
      check: [...verifyCommands(apiRule), ...rest.map(stillAnswersCommand)],
      meanwhile: [...switching(apiRule, closed), ...waiting(rest, closed), ...foreignTokens(done, rest)].join(' '),
      wayBack: forwardOnly,
    };
  });
}

function switching({ host, isProtected, apiRule }: Migrating, closed: boolean): string[] {
  // Its policy lets the gateway in whatever the authorizer says, and the one that asks the authorizer may come later.
  const asks = apiRule.rules.some(({ access }) => access.kind === 'extAuth' && !access.restrictions);
  if (asks) return [`Until the controller has written all policies, paths of ${host} that an authorizer guards may be OPEN for a moment.`];
  if (closed && isProtected)
    return [`Until the controller has written the policies, protected paths of ${host} answer 403; nothing is open.`];
  if (closed) return [`${host} goes on answering.`];
  if (isProtected)
    return [
      `The controller writes the route before the policies: for a moment protected paths of ${host} are OPEN without a token, unless another policy closes the Pods.`,
    ];
  return [`${host} goes on answering.`];
}

function waiting(rest: readonly Migrating[], closed: boolean): string[] {
  if (rest.length === 0) return [];
  const hosts = rest.map(({ host }) => host).join(', ');
  return closed
    ? [`The old rules of ${hosts} go on through the temporary policy.`]
    : [`DOWN: the new policies refuse ${hosts} (403) until these APIRules are applied as well; apply them all at once.`];
}

/** A workload that knows issuers refuses the tokens of all others, on whatever host they come. */
function foreignTokens(done: readonly Migrating[], rest: readonly Migrating[]): string[] {
  const known = new Set(done.flatMap(({ issuers }) => issuers));
  if (known.size === 0) return [];
  return rest.flatMap(({ host, issuers }) => {
    const unknown = issuers.filter((issuer) => !known.has(issuer));
    return unknown.length > 0 ? [`DOWN: ${host} answers 401 to tokens of ${unknown.join(', ')} until its step.`] : [];
  });
}
