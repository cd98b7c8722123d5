import type { CheckResult, Status } from '../../model/check-result';
import type { Discovery } from '../../token/discovery';
import type { IssuerPair } from './issuer-map';
import type { MissingIssuer } from './missing-issuer';
import { migrateResult } from '../migrate-result';

/** What was learnt about one entry that nothing could be made of. */
export interface Discovered {
  readonly question: MissingIssuer;
  /** What the document proves; absent when it proves nothing. */
  readonly pair?: IssuerPair;
  readonly found?: Discovery;
  /** Why there is no document. */
  readonly unreachable?: string;
}

/** What was learnt, as a result. */
export function discoveryResult(discovered: Discovered): CheckResult {
  const { status, message, fix } = say(discovered);
  return migrateResult({
    id: 'migrate-discovery',
    status,
    severity: status === 'pass' ? 'info' : 'medium',
    title: 'A discovery document names the issuer and its keys as the old rule does',
    message,
    ...(fix !== undefined && { fix }),
  });
}

function say({ question, pair, found, unreachable }: Discovered): { status: Status; message: string; fix?: string } {
  const asked = subject(question);
  if (pair && found)
    return { status: 'pass', message: `${found.url} says that the keys of the issuer ${text(pair.issuer)} are at ${text(pair.jwksUri)}` };
  const fix = 'Compare it with a token, and say in the issuer map (--issuers FILE) what is right.';
  if (!found) return { status: 'error', message: `what belongs to ${asked} could not be asked: ${unreachable ?? 'nobody answered'}`, fix };
  const says = `${found.url} names the issuer ${text(found.issuer)} and ${found.jwksUri === undefined ? 'no keys' : `keys at ${text(found.jwksUri)}`}`;
  return { status: 'fail', message: `${says}, and the old rule has ${asked}${othersOf(question)}`, fix };
}

function subject({ why, issuers, jwksUrls }: MissingIssuer): string {
  return why === 'no-issuer' ? `keys at ${text(jwksUrls[0] ?? '')}` : `the issuer ${text(issuers[0] ?? '')}`;
}

function othersOf({ why, jwksUrls }: MissingIssuer): string {
  return why === 'unpaired' ? ` with keys at ${jwksUrls.map(text).join(', ') || 'no address'}` : '';
}

function text(value: string): string {
  return JSON.stringify(value.slice(0, 300));
}
