import { raised, type WeakDeployment } from './deployment';
import { checkSigned } from './token-verifier';

/** Gateways that verify the signature and nothing else, each in its way. */
export const weakClaims: readonly WeakDeployment[] = [
  {
    name: 'that never looks at exp',
    gateway: [(_, issuer) => ({ verify: (token) => checkSigned(token, issuer, { exp: true }) })],
    raises: raised('expired-token', 'protected'),
  },
  {
    name: 'that never looks at iss',
    gateway: [(_, issuer) => ({ verify: (token) => checkSigned(token, issuer, { iss: true }) })],
    raises: raised('wrong-issuer', 'protected'),
  },
  {
    name: 'that lets every client of the issuer in',
    gateway: [() => ({ authorize: () => true })],
    raises: raised('denied-client', 'protected'),
  },
];
