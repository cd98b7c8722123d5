import type { DecodedToken } from './decode';
import { contentOf } from './forge-content';
import { cubeRoots } from './forge-cube';
import { encrypted } from './forge-encrypted';
import { hashed } from './forge-hmac';
import type { ForgeMaterial, Forgery } from './forge-material';
import { respelled, spoilt } from './forge-spelling';
import type { Recipe } from './recipe';
import { signContent } from './sign-content';
import { foreignSigningKey, type SigningKey } from './signing-key';

export type { ForgeMaterial, Forgery, UnfitKey } from './forge-material';
export type { Recipe, Signature } from './recipe';

/** Builds the tokens of a recipe, the likeliest to get through first; none when the material for it is missing. */
export async function forge(recipe: Recipe, material: ForgeMaterial): Promise<string[]> {
  return (await forgeries(recipe, material)).map(({ token }) => token);
}

/** As {@link forge}, with the name of each variant. */
export async function forgeries(recipe: Recipe, material: ForgeMaterial): Promise<Forgery[]> {
  if (recipe.onlyWith !== undefined && material.original.claims[recipe.onlyWith] === undefined) return [];
  const forged = await written(recipe, material);
  return recipe.form === undefined || recipe.form === 'compact' ? forged : forged.map((forgery) => asJson(forgery, recipe.form));
}

async function written(recipe: Recipe, material: ForgeMaterial): Promise<Forgery[]> {
  const { signature } = recipe;
  const { by } = signature;
  switch (signature.by) {
    case 'foreign-key': {
      const key = signature.alg === undefined ? material.foreignKey : await foreignSigningKey(signature.alg);
      return [signed(by, key, recipe, material)];
    }
    case 'test-key':
      return trusted(by, testKey(material), recipe, material);
    case 'other-issuer-key':
      return trusted(by, material.otherKeys?.[0], recipe, material);
    case 'unfit-key':
      return (material.unfitKeys ?? []).flatMap(({ why, key }) => trusted(why, key, recipe, material));
    case 'original':
    case 'damaged':
    case 'unchanged':
    case 'respelled':
      return withGoodSignature(signature.by, recipe, material);
    case 'none':
      return unsigned(recipe, material);
    case 'text':
      return Object.entries(signature.texts).map(([variant, third]) => ({ variant, token: `${contentOf(recipe, material)}.${third}` }));
    case 'encryption':
      return encrypted(signature, recipe, material);
    case 'small-exponent':
      return cubeRoots((kid) => contentOf(recipe, material, { header: typeof kid === 'string' ? { kid } : {} }), material);
    default:
      return hashed(signature, recipe, material);
  }
}

/** What a good token of an issuer would roughly say, for attacks without any credential. */
export function imaginedToken(
  issuer: string,
  { audiences = [], scopes = [], kid }: { audiences?: readonly string[]; scopes?: readonly string[]; kid?: string } = {},
): Pick<DecodedToken, 'header' | 'claims'> {
  const header = { alg: 'RS256', typ: 'JWT', ...(kid === undefined ? {} : { kid }) };
  const aud = audiences.length > 0 ? { aud: [...audiences] } : {};
  const scope = scopes.length > 0 ? { scope: [...scopes] } : {};
  return { header, claims: { iss: issuer, sub: 'kyma-guard', ...aud, ...scope } };
}

function trusted(variant: string, key: SigningKey | undefined, recipe: Recipe, material: ForgeMaterial): Forgery[] {
  return key ? [signed(variant, key, recipe, { ...material, original: { ...material.original, header: withKid(material, key) } })] : [];
}

function withKid({ original }: ForgeMaterial, { kid }: SigningKey): DecodedToken['header'] {
  return { ...original.header, kid };
}

function signed(variant: string, key: SigningKey, recipe: Recipe, material: ForgeMaterial): Forgery {
  const content = contentOf(recipe, material, { header: { alg: key.alg } });
  return { variant, token: `${content}.${signContent(content, key)}` };
}

function testKey({ testKeys = [], original }: ForgeMaterial): SigningKey | undefined {
  return testKeys.find(({ kid }) => kid === original.header['kid']) ?? testKeys[0];
}

/** Nothing when there is no good signature, or when the token would be the good one itself although it must not. */
function withGoodSignature(by: 'original' | 'damaged' | 'unchanged' | 'respelled', recipe: Recipe, material: ForgeMaterial): Forgery[] {
  const segments = material.original.segments;
  if (!segments || segments.signature === '') return [];
  if (by === 'respelled') return respelled(segments);
  const good = `${segments.header}.${segments.claims}`;
  if (by === 'unchanged') return [{ variant: by, token: `${good}.${segments.signature}` }];
  const content = contentOf(recipe, material, { keepExpiry: true });
  if (by === 'damaged') return spoilt(segments).map(({ variant, token }) => ({ variant, token: `${content}.${token}` }));
  return content === good ? [] : [{ variant: by, token: `${content}.${segments.signature}` }];
}

function unsigned(recipe: Recipe, material: ForgeMaterial): Forgery[] {
  const content = contentOf(recipe, material);
  return [
    { variant: 'empty third segment', token: `${content}.` },
    { variant: 'two segments', token: content },
  ];
}

/** JSON serialization instead of the compact one, with an unprotected header that contradicts. @see RFC 7515 section 7.2 */
function asJson({ variant, token }: Forgery, form: Recipe['form']): Forgery {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const json = JSON.stringify({ protected: head, header: { alg: 'none' }, payload, signature });
  return { variant, token: form === 'json' ? json : Buffer.from(json).toString('base64url') };
}
