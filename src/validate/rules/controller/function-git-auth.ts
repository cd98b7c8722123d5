import { objectAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf } from '../../../model/object-ref';
import { kindOf } from '../../known-kinds';
import { secretKeys, secretOf } from '../../mounted-secrets';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleFunction } from './example-function';
import { exampleSecret } from './example-instance';

const example = exampleFunction({
  source:
    "{ gitRepository: { url: 'git@git.example.com:orders.git', reference: main, baseDir: /, auth: { type: key, secretName: git-access } } }",
});

export const functionGitAuth: SetRule = {
  id: 'function-git-auth',
  layer: 'controller',
  severity: 'medium',
  title: 'The Secret of a git source is of the type that its auth says',
  why: 'The controller refuses a Secret of another type or without the expected keys, and the Function never gets its code.',
  fix: 'Give a Secret of kubernetes.io/basic-auth with username and password for basic, of kubernetes.io/ssh-auth for key, or one of type Opaque.',
  refs: ['Kyma Function custom resource, spec.source.gitRepository.auth'],
  bad: `${example}---\n${exampleSecret('git-access', 'password', 'example')}`,
  good: `${example}---\n${exampleSecret('git-access', 'key', 'example')}`,
  checkSet: (input) => input.manifests.flatMap((manifest) => findings(input, manifest)),
};

/** Types of Secrets by type of auth, each with the keys that it must have. */
const admitted: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  basic: { 'kubernetes.io/basic-auth': ['username', 'password'], Opaque: ['username', 'password'] },
  key: { 'kubernetes.io/ssh-auth': ['ssh-privatekey'], Opaque: ['key'] },
};

function findings(input: SetInput, manifest: Manifest): Finding[] {
  if (kindOf(manifest) !== 'Function.serverless.kyma-project.io') return [];
  const auth = objectAt(objectAt(objectAt(objectAt(manifest.body, 'spec'), 'source'), 'gitRepository'), 'auth');
  const secret = secretOf(input, namespaceOf(manifest), textOf(auth['secretName']));
  const types = Object.hasOwn(admitted, textOf(auth['type'])) ? admitted[textOf(auth['type'])] : undefined;
  if (secret === undefined || types === undefined) return [];
  const path = ['spec', 'source', 'gitRepository', 'auth', 'secretName'];
  const type = textOf(secret.body['type']) || 'Opaque';
  const keys = Object.hasOwn(types, type) ? types[type] : undefined;
  if (keys === undefined) {
    const message = `is a Secret of ${type}, but auth is ${textOf(auth['type'])}; it takes ${Object.keys(types).join(' or ')}`;
    return [{ manifest, path, message, reason: 'inconsistent secret type' }];
  }
  const present = secretKeys(secret);
  const missing = keys.filter((key) => !present.includes(key));
  if (present.length === 0 || missing.length === 0) return [];
  return [{ manifest, path, message: `is a Secret without ${missing.join(' and ')}, which auth of type ${textOf(auth['type'])} needs` }];
}
