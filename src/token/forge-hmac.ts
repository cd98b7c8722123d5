import { createHmac, randomBytes } from 'node:crypto';
import { contentOf } from './forge-content';
import type { ForgeMaterial, Forgery } from './forge-material';
import { publicKeySecrets, type SecretCandidate } from './public-key-secrets';
import type { Recipe, Signature } from './recipe';
import { fillIn } from './template';

type Hmac = Extract<Signature, { by: 'hmac' | 'public-key-hmac' | 'random-hmac' | 'own-secret-hmac' }>;

/** Tokens with a symmetric signature, one for each secret. */
export function hashed(signature: Hmac, recipe: Recipe, material: ForgeMaterial): Forgery[] {
  const alg = recipe.header?.['alg'] ?? 'HS256';
  const content = contentOf({ ...recipe, header: { ...recipe.header, alg } }, material);
  const hash = /^HS(256|384|512)$/.exec(typeof alg === 'string' ? alg : '')?.[1] ?? '256';
  return secretsOf(signature, material).map(({ variant, secret }) => ({
    variant,
    token: `${content}.${createHmac(`sha${hash}`, secret).update(content).digest('base64url')}`,
  }));
}

function secretsOf(signature: Hmac, { keys, original, ownSecrets = [], names = {} }: ForgeMaterial): SecretCandidate[] {
  if (signature.by === 'random-hmac') return [{ variant: 'random secret', secret: randomBytes(32) }];
  if (signature.by === 'public-key-hmac') return publicKeySecrets(keys, original.header['kid']);
  if (signature.by === 'own-secret-hmac') return ownSecrets.flatMap(ownForms);
  return Object.entries(signature.secrets).map(([variant, text]) => ({ variant, secret: Buffer.from(fillIn(text, names)) }));
}

/** A secret as text, and decoded where it looks encoded. The names say nothing of it. */
function ownForms(secret: string, index: number): SecretCandidate[] {
  const decoded = /^[\w+/=-]+$/.test(secret) ? Buffer.from(secret, 'base64') : Buffer.alloc(0);
  return [
    { variant: `own credential ${index + 1}`, secret: Buffer.from(secret) },
    ...(decoded.length > 0 ? [{ variant: `own credential ${index + 1}, decoded`, secret: decoded }] : []),
  ];
}
