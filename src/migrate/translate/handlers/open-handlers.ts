import { manual, note, type RuleNote } from '../rule-notes';
import type { AccessHandler, TranslatedAccess } from './handler';

const isOpen: RuleNote = note('migrate-open', 'open', 'the rule asked nobody for a token, and still does not');

function open(name: string, ...more: readonly RuleNote[]): AccessHandler['translate'] {
  return (config): TranslatedAccess => {
    const keys = Object.keys(config);
    if (keys.length === 0) return { access: { noAuth: true }, notes: [isOpen, ...more] };
    const message = `the handler ${name} has a configuration, which it does not take, so it is not clear what was meant`;
    return { notes: [manual('migrate-handler', message, 'Remove the configuration, or name the handler that it belongs to.')] };
  };
}

/** Straight to the service, every method. */
export const allow: AccessHandler = { name: 'allow', servedBy: 'direct', translate: open('allow') };

/** Straight to the service, the listed methods. */
export const noAuth: AccessHandler = { name: 'no_auth', servedBy: 'direct-methods', translate: open('no_auth') };

/** Through Oathkeeper, which looks at nothing. */
export const noop: AccessHandler = { name: 'noop', servedBy: 'oathkeeper', translate: open('noop') };

/** Through Oathkeeper, which refuses calls that have an Authorization header. */
export const anonymous: AccessHandler = {
  name: 'anonymous',
  servedBy: 'oathkeeper',
  translate: open(
    'anonymous',
    note('migrate-anonymous', 'changed', 'the handler anonymous refused calls with an Authorization header; noAuth takes these, too'),
  ),
};

/** Through Oathkeeper, which refuses everything. */
export const unauthorized: AccessHandler = {
  name: 'unauthorized',
  servedBy: 'oathkeeper',
  translate: () => ({ access: 'refuse', notes: [] }),
};
