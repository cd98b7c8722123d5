import { fullMatch } from '../../src/model/linear-regex';

/** An old rule of a test, as its text has it. */
export interface RandomRule {
  readonly path: string;
  readonly methods: readonly string[];
  readonly handler: 'allow' | 'no_auth' | 'noop' | 'unauthorized' | 'jwt' | 'jwt with scope';
}

/** What became of a request: it reached the workload, was refused, met an error of Oathkeeper, or no rule took it. */
export type OldAnswer = 'open' | 'refused' | 'error' | 'none';

/** What a caller of a test shows. */
export type OldCaller = 'nobody' | 'token' | 'token with scope';

/**
 * What the gateway and Oathkeeper made of a request under old rules. Written down once more for the tests, from the documentation of the old
 * version and not from the model that migration proves with, so that a mistake of that one is not its own judge.
 */
export function oldAnswer(rules: readonly RandomRule[], method: string, path: string, caller: OldCaller): OldAnswer {
  // The gateway goes by the first rule of each path, in order; only no_auth looks at methods there.
  const routes = rules.filter((rule, at) => rules.findIndex((other) => other.path === rule.path) === at);
  const route = routes.find((rule) => takes(rule, path) && (rule.handler !== 'no_auth' || rule.methods.includes(method)));
  if (!route) return 'none';
  if (route.handler === 'allow' || route.handler === 'no_auth') return 'open';
  const checked = rules.filter(
    (rule) => rule.handler !== 'allow' && rule.handler !== 'no_auth' && takes(rule, path) && rule.methods.includes(method),
  );
  if (checked.length === 0) return 'none';
  const answers = checked.map((rule) => (admits(rule, caller) ? 'open' : 'refused'));
  if (checked.length === 1) return answers[0] ?? 'none';
  return checked.every((rule) => rule.handler === 'noop') ? 'open' : 'error';
}

function takes({ path }: RandomRule, asked: string): boolean {
  return fullMatch(path)?.(asked) === true;
}

function admits({ handler }: RandomRule, caller: OldCaller): boolean {
  if (handler === 'jwt') return caller !== 'nobody';
  return handler === 'jwt with scope' ? caller === 'token with scope' : handler === 'noop';
}
