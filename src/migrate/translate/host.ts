import { isApiRuleHost } from '../../model/names';
import { manual, type RuleNote } from './rule-notes';

/** The host as APIRule v2 takes it, lower case; a label stays a label, which the controller completes with the domain of the gateway. */
export function translateHost(host: string): { readonly host?: string; readonly notes: readonly RuleNote[] } {
  const lower = host.toLowerCase().replace(/\.$/, '');
  if (isApiRuleHost(lower)) return { host: lower, notes: [] };
  const quoted = JSON.stringify(host);
  if (lower.includes('_')) {
    const message = `the host ${quoted} holds an underscore, which APIRule v2 refuses`;
    return { notes: [manual('migrate-host', message, 'Give the service a host without underscores, and tell its clients.')] };
  }
  const message = `the host ${quoted} is no lower-case label and no full name, which APIRule v2 asks for`;
  return { notes: [manual('migrate-host', message, 'Correct the host.')] };
}
