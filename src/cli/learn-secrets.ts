import { secretsOf, type Credentials } from '../token/credentials';
import type { Io } from './io';

/** From here on nothing of these credentials that is secret can appear in an output. */
export function learnSecrets(all: readonly Credentials[], { redactor }: Pick<Io, 'redactor'>): void {
  for (const credentials of all) for (const secret of secretsOf(credentials)) redactor.learn(secret);
}
