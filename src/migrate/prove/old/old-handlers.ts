import type { JsonObject } from '../../../model/json';
import type { NormalRequest } from '../../../model/normalize-request';
import type { Verdict } from '../../../model/verdict';
import type { OldHandler } from '../../old-api-rule';
import type { ReplacedIssuer } from './replaced-issuer';
import { isAcceptedByOry, placeOf, tokenAt, type OldTokenFacts } from './old-token';

/** A request in front of an access strategy of Oathkeeper. */
export interface HandlerInput {
  readonly config: JsonObject;
  readonly request: NormalRequest;
  readonly facts: OldTokenFacts;
  readonly replaced: readonly ReplacedIssuer[];
}

/** Whether an access strategy lets a request in. */
type Judge = (input: HandlerInput) => Verdict;

const open: Judge = () => true;
const closed: Judge = () => false;

/**
 * The access strategies of Oathkeeper. A name that is not here was refused by the controller, so nobody got in. `cookie_session` was switched
 * off in the Oathkeeper that Kyma shipped.
 */
const judges: Readonly<Record<string, Judge>> = {
  noop: open,
  allow: open,
  no_auth: open,
  anonymous: ({ request }) => request.headers['authorization'] === undefined,
  unauthorized: closed,
  cookie_session: () => false,
  jwt: ({ config, request, facts, replaced }) => {
    const text = tokenAt(placeOf(config), request);
    if (text === undefined) return false;
    const fact = facts.get(text);
    return fact ? isAcceptedByOry(config, fact, replaced) : { unknown: 'whether a token of the request is valid is not in the input' };
  },
  oauth2_introspection: ({ config, request }) =>
    tokenAt(placeOf(config), request) === undefined
      ? false
      : { unknown: 'what the introspection endpoint says of the token is not in the input' },
  oauth2_client_credentials: ({ request }) =>
    /^basic /i.test(request.headers['authorization'] ?? '')
      ? { unknown: 'what the token endpoint says of the client is not in the input' }
      : false,
};

/** Whether a strategy lets a request in. */
export function judgeHandler({ handler, config }: OldHandler, input: Omit<HandlerInput, 'config'>): Verdict {
  return (judges[handler] ?? closed)({ ...input, config });
}

/** True for a strategy that asks nobody for anything. */
export function isOpenHandler({ handler }: OldHandler): boolean {
  return judges[handler] === open || handler === 'anonymous';
}

/** True for a strategy that is meant to let nobody in, or that never was in force. */
export function isShutHandler({ handler }: OldHandler): boolean {
  return (judges[handler] ?? closed) === closed;
}
