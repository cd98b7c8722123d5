import { TestEnvironment } from 'jest-environment-node';
import { compileOnce } from './compile-once';

type GenerateKey = (algorithm: { readonly name: string }, ...rest: unknown[]) => Promise<unknown>;

/** RSA key pairs of this worker by what was asked for, in the order in which a test file asks. */
const pairs = new Map<string, Promise<unknown>[]>();
/** How many of each kind the test file under way has taken. */
const taken = new Map<string, number>();

const subtle = crypto.subtle as { generateKey: GenerateKey };
const generateKey = subtle.generateKey.bind(subtle);

/** More than any deployment of a test has at once. */
const mostPairs = 16;

/**
 * Finding the primes of an RSA key pair takes a quarter of a second of processor time, and a test file that starts an issuer needs four.
 * The pairs are real and made by this process. A file gets another one each time until it has had all, and the next file gets the same ones.
 */
subtle.generateKey = (algorithm, ...rest) => {
  if (!algorithm.name.startsWith('RSA')) return generateKey(algorithm, ...rest);
  const kind = JSON.stringify([algorithm, rest]);
  const known = pairs.get(kind) ?? [];
  pairs.set(kind, known);
  const at = taken.get(kind) ?? 0;
  taken.set(kind, (at + 1) % mostPairs);
  return (known[at] ??= generateKey(algorithm, ...rest));
};

compileOnce();

/** The environment of every test file: that of Node.js, without costs that each file would pay again. */
export default class SharedCosts extends TestEnvironment {
  constructor(...given: ConstructorParameters<typeof TestEnvironment>) {
    super(...given);
    taken.clear();
    // Jest asks for a hundred calls of each error, which most of the time of reading broken YAML went into.
    this.global.Error.stackTraceLimit = 10;
    // Node.js keeps this list after the first look; in the copy of `process` that Jest makes it is built anew for each request of axios.
    Object.defineProperty(this.global.process, 'allowedNodeEnvironmentFlags', { value: process.allowedNodeEnvironmentFlags });
  }
}
