import { isClusterHost, urlOf } from '../../model/address';
import { issuerAddressProblems } from '../../model/issuer';
import type { IssuerPair } from './issuer-map';

/** What is wrong with one member of a pair. */
interface PairProblem {
  readonly member: keyof IssuerPair;
  /** Without the place. */
  readonly message: string;
}

/** What is wrong with an issuer and its keys; the issuer may leave its scheme out, as some providers do in `iss`. */
export function pairProblems(pair: IssuerPair): PairProblem[] {
  return [...issuerProblems(pair), ...keyProblems(pair)];
}

function issuerProblems(pair: IssuerPair): PairProblem[] {
  const { issuer } = pair;
  if (issuer === '') return [{ member: 'issuer', message: 'is empty; give exactly the iss of its tokens' }];
  if (issuer.includes('*'))
    return [{ member: 'issuer', message: 'holds *, which Istio takes for any text; give exactly the iss of its tokens' }];
  if (!issuer.includes(':'))
    return /[\s{}]/.test(issuer) ? [{ member: 'issuer', message: `is ${JSON.stringify(issuer)}, which is no iss of a token` }] : [];
  return issuerAddressProblems(pair, 'issuer').map((message) => ({ member: 'issuer', message: message.replace(/^issuer /, '') }));
}

function keyProblems(pair: IssuerPair): PairProblem[] {
  const { jwksUri } = pair;
  if (jwksUri === '') return [{ member: 'jwksUri', message: 'is empty; give the address of its keys' }];
  const url = urlOf(jwksUri);
  const inCluster = url?.protocol === 'http:' && isClusterHost(url.hostname);
  const problems = issuerAddressProblems(pair, 'jwksUri').filter(
    (message) => !inCluster || !message.includes('does not start with https://'),
  );
  return problems.map((message) => ({ member: 'jwksUri', message: message.replace(/^jwksUri /, '') }));
}
