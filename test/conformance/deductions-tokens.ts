import { apiRule, call, jwt, nowhere, open, preflight, rbac, reach, refusedToken, rule, service } from './case-parts';
import { answers, type Deduction } from './deduction';
import type { CaseRequest } from './conformance-case';

const guarded = [service(), apiRule([rule('GET,OPTIONS /a', jwt(['a']))])];
const two = [service(), apiRule([rule('GET /a', jwt(['a', 'b']))])];
const inHeader = (value: string, name = 'Authorization', line = 'GET /a'): CaseRequest => ({ ...call(line), headers: [[name, value]] });
const form = refusedToken('Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections');
const unknownIssuer = refusedToken('Jwt issuer is not configured');
const signature = refusedToken('Jwt verification fails');
const badSignature = refusedToken('Jwt signature is an invalid Base64url encoded');
const key = refusedToken("Jwks doesn't have key to match kid or alg from Jwt");

/** Where tokens are read and which ones are accepted. */
export const tokenDeductions: readonly Deduction[] = [
  {
    belief: 'no token is anonymous and refused by the policy; a bad one is refused by the JWT filter',
    verdict: 'confirmed',
    title: 'no token is 403, a bad one 401 with the reason',
    manifests: guarded,
    requests: answers(
      [call('GET /a'), rbac],
      [call('GET /a', 'a'), reach('/a')],
      [call('GET /a', 'garbage'), form],
      [call('GET /a', 'stranger'), unknownIssuer],
      [call('GET /a', 'a-expired'), refusedToken('Jwt is expired')],
      [call('GET /a', 'a-early'), refusedToken('Jwt not yet valid')],
      [call('GET /a', 'foreign'), signature],
    ),
  },
  {
    belief: 'on a workload with any JWT rule a bad token is refused on public paths too',
    verdict: 'confirmed',
    title: 'a bad token closes public paths of the same workload, but none without route',
    manifests: [service(), apiRule([rule('GET /a', jwt(['a'])), rule('GET /open', open)])],
    requests: answers(
      [call('GET /open'), reach('/open')],
      [call('GET /open', 'foreign'), signature],
      [call('GET /open', 'a'), reach('/open')],
      [call('GET /none', 'foreign'), nowhere],
    ),
  },
  {
    belief: 'a valid token without subject, or with an empty one, is refused by the policy',
    verdict: 'confirmed',
    title: 'a token needs a subject',
    manifests: guarded,
    requests: answers(
      [call('GET /a', 'a-no-sub'), rbac],
      [call('GET /a', 'a-empty-sub'), rbac],
      [call('GET /a', 'a-number-sub'), refusedToken('Jwt payload [sub] field is not a string')],
    ),
  },
  {
    belief: 'any subject is good',
    verdict: 'refuted',
    title: 'a subject of several lines is none, one with slashes is fine',
    manifests: guarded,
    requests: answers(
      [call('GET /a', 'a-line-sub'), rbac],
      [call('GET /a', 'a-slash-sub'), reach('/a')],
      [call('GET /a', 'a-unicode-sub'), reach('/a')],
    ),
  },
  {
    belief: 'issuers are compared character by character',
    verdict: 'confirmed',
    title: 'a slash or case makes another issuer',
    manifests: [service(), apiRule([rule('GET /a', jwt(['slash', 'plain']))])],
    requests: answers(
      [call('GET /a', 'slash'), reach('/a')],
      [call('GET /a', 'plain'), reach('/a')],
      [call('GET /a', 'a'), unknownIssuer],
      [call('GET /a', 'a-iss-slash'), unknownIssuer],
      [call('GET /a', 'a-iss-upper'), unknownIssuer],
    ),
  },
  {
    belief: 'clocks may differ by 60 seconds; a token without end never ends; `iat` is not looked at',
    verdict: 'confirmed',
    title: 'a minute of leeway, and no end is no end',
    manifests: guarded,
    requests: answers(
      ...['a-expired-within-skew', 'a-early-within-skew', 'a-no-exp', 'a-exp-zero', 'a-iat-future', 'a-exp-fraction'].map(
        (token) => [call('GET /a', token), reach('/a')] as const,
      ),
      [call('GET /a', 'a-expired-beyond-skew'), refusedToken('Jwt is expired')],
    ),
  },
  {
    belief: 'claims of a wrong type do not matter unless a policy asks for them',
    verdict: 'refuted',
    title: 'registered claims of a wrong type or beyond range are refused',
    manifests: guarded,
    requests: answers(
      [call('GET /a', 'a-exp-text'), refusedToken('Jwt payload [exp] field is not an integer')],
      [call('GET /a', 'a-iat-text'), refusedToken('Jwt payload [iat] field is not an integer')],
      [call('GET /a', 'a-exp-negative'), refusedToken('Jwt payload [exp] field is not a positive 64 bit integer')],
      [call('GET /a', 'a-jti-number'), refusedToken('Jwt payload [jti] field is not a string')],
      [call('GET /a', 'a-aud-mixed'), refusedToken('Jwt payload [aud] field is not a string or string list')],
      [call('GET /a', 'body-duplicate-iss'), refusedToken('Jwt payload is an invalid JSON')],
      [call('GET /a', 'a-scope-number'), reach('/a')],
    ),
  },
  {
    belief: 'a key that is not there is told as a failed verification',
    verdict: 'refuted',
    title: 'an unknown key or algorithm is told apart from a wrong signature',
    manifests: guarded,
    requests: answers(
      ...['a-kid-other', 'foreign-kid', 'elliptic', 'hmac', 'alg-ps256'].map((token) => [call('GET /a', token), key] as const),
      ...['foreign', 'cross', 'body-changed', 'signature-short', 'kid-empty'].map((token) => [call('GET /a', token), signature] as const),
      [call('GET /a', 'a-kid-null'), reach('/a')],
    ),
  },
  {
    belief: 'no algorithm but those of published keys passes',
    verdict: 'confirmed',
    title: 'tokens without algorithm or with one that signs nothing are refused',
    manifests: guarded,
    requests: answers(
      ...['alg-none-signed', 'alg-None', 'alg-rs1'].map(
        (token) => [call('GET /a', token), refusedToken('Jwt header [alg] is not supported')] as const,
      ),
      [call('GET /a', 'alg-none'), form],
      [call('GET /a', 'no-signature'), form],
      [call('GET /a', 'alg-missing'), refusedToken('Jwt header [alg] field is required and must be a string')],
    ),
  },
  {
    belief: 'a token has one form only',
    verdict: 'refuted',
    title: 'padding, blanks in the signature, dots too many and critical headers are overlooked',
    manifests: guarded,
    requests: answers(
      ...['signature-padded', 'signature-blank', 'signature-spare-bits', 'extra-dots', 'a-crit'].map(
        (token) => [call('GET /a', token), reach('/a')] as const,
      ),
    ),
  },
  {
    belief: 'a header or claims of `null` are no JSON object, and refused for that',
    verdict: 'refuted',
    title: 'null for the header or the claims is an object without members',
    manifests: guarded,
    requests: answers(
      [call('GET /a', 'header-null'), refusedToken('Jwt header [alg] field is required and must be a string')],
      [call('GET /a', 'body-null'), unknownIssuer],
    ),
  },
  {
    belief: 'tokens are read from `Authorization: Bearer` and `access_token` unless the rule names a place',
    verdict: 'confirmed',
    title: 'the default places are two, and both count',
    manifests: guarded,
    requests: answers(
      [call('GET /a?access_token=garbage'), form],
      [inHeader('bearer @token(a)'), rbac],
      [inHeader('Basic x, Bearer @token(a)'), reach('/a')],
      [inHeader('Bearer  @token(a)'), reach('/a')],
      [inHeader('@token(a)'), rbac],
      [inHeader('Bearer'), rbac],
      [inHeader('Bearer @token(a)', 'X-Token'), rbac],
    ),
  },
  {
    belief: 'a token ends at the first character that none can hold',
    verdict: 'refuted',
    title: 'what follows a token in the header is part of it',
    manifests: guarded,
    requests: answers(
      [inHeader('Bearer @token(a), x'), badSignature],
      [inHeader('Bearer "@token(a)"'), badSignature],
      [inHeader('Bearer @token(a) Bearer @token(a)'), form],
    ),
  },
  {
    belief: 'of several tokens one valid one is enough',
    verdict: 'refuted',
    title: 'every token at the places of an issuer must be valid',
    manifests: guarded,
    requests: answers(
      [call('GET /a?access_token=garbage', 'a'), form],
      [call('GET /a?access_token=@token(b)', 'a'), unknownIssuer],
      [
        {
          ...call('GET /a'),
          headers: [
            ['Authorization', 'Bearer @token(a)'],
            ['Authorization', 'Bearer @token(a)'],
          ],
        },
        form,
      ],
    ),
  },
  {
    belief:
      'a rule that names a place does not read the default ones; a prefix counts anywhere, and without prefix the whole value is the token',
    verdict: 'confirmed',
    title: 'named places replace the default ones',
    manifests: [
      service(),
      service('carts'),
      apiRule([
        rule('GET /a', jwt(['a'], [], { fromHeaders: [{ name: 'X-Token', prefix: 'JwtToken ' }] })),
        rule('GET /b', jwt(['a'], [], { fromHeaders: [{ name: 'x-jwt' }] }), { service: { name: 'carts', port: 80 } }),
      ]),
    ],
    requests: answers(
      [inHeader('JwtToken @token(a)', 'X-Token'), reach('/a')],
      [inHeader('x JwtToken @token(a)', 'x-token'), reach('/a')],
      [inHeader('@token(a)', 'X-Token'), rbac],
      [call('GET /a', 'a'), rbac],
      [call('GET /a?access_token=@token(a)'), rbac],
      [inHeader('@token(a)', 'X-Jwt', 'GET /b'), reach('/b', 'carts')],
      [inHeader('Bearer @token(a)', 'X-Jwt', 'GET /b'), refusedToken('Jwt header is an invalid Base64url encoded')],
    ),
  },
  {
    belief: 'values of a header on several lines are one value',
    verdict: 'refuted',
    title: 'each line of a named header is a token of its own',
    manifests: [service(), apiRule([rule('GET /a', jwt(['a'], [], { fromHeaders: [{ name: 'x-jwt' }] }))])],
    requests: answers(
      [
        {
          ...call('GET /a'),
          headers: [
            ['x-jwt', '@token(a)'],
            ['x-jwt', '@token(a)'],
          ],
        },
        reach('/a'),
      ],
      [
        {
          ...call('GET /a'),
          headers: [
            ['x-jwt', '@token(a)'],
            ['x-jwt', 'garbage'],
          ],
        },
        form,
      ],
    ),
  },
  {
    belief: 'with several issuers any of them may accept; a token that none accepts is refused; none is anonymous',
    verdict: 'confirmed',
    title: 'any trusted issuer is enough, and the reason is that of the issuer that knows the token',
    manifests: two,
    requests: answers(
      [call('GET /a', 'a'), reach('/a')],
      [call('GET /a', 'b'), reach('/a')],
      [call('GET /a'), rbac],
      [call('GET /a', 'stranger'), unknownIssuer],
      [call('GET /a', 'b-foreign'), key],
      [call('GET /a', 'a-expired'), refusedToken('Jwt is expired')],
    ),
  },
  {
    belief: 'issuers of all APIRules before the same Pods are trusted for authentication; which one a path wants is a matter of its policy',
    verdict: 'confirmed',
    title: 'an issuer that only another rule of the workload trusts is 403, not 401',
    manifests: [service(), apiRule([rule('GET /a', jwt(['a'])), rule('GET /b', jwt(['b']))])],
    requests: answers([call('GET /a', 'b'), rbac], [call('GET /b', 'b'), reach('/b')], [call('GET /a', 'stranger'), unknownIssuer]),
  },
  {
    belief: 'the JWT filter lets preflights pass without a look',
    verdict: 'confirmed',
    title: 'a preflight that is forwarded has no identity, whatever token it carries',
    manifests: [service(), apiRule([rule('OPTIONS /a', jwt(['a'])), rule('OPTIONS /open', open)])],
    requests: answers(
      [preflight('OPTIONS /open', 'https://x.example.com', 'foreign'), reach('/open')],
      [preflight('OPTIONS /a', 'https://x.example.com', 'a'), rbac],
      [call('OPTIONS /a', 'a'), reach('/a')],
    ),
  },
];
