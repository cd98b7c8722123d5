import { isFullHost, isShortHost, isGatewayName } from '../../model/names';
import { quoted } from './words';

/** A broken CEL rule in words of our own. */
export interface CelWords {
  readonly message: string;
  readonly fix?: string;
}

/** What known rules mean, by the beginning of the text that the API server gives. */
const known: readonly (readonly [start: string, words: (self: unknown) => CelWords])[] = [
  ['One of the following fields must be set: noAuth, jwt, extAuth', accessWords],
  ['Host must be a lowercase RFC 1123 label', hostWords],
  ['Gateway must be in the namespace/name format', gatewayWords],
  ['ExternalGateway must be in the namespace/name format', gatewayWords],
  ["At least one of 'path' or 'headers' must be set", () => ({ message: 'has neither path nor headers; give at least one of them' })],
  ['Use GitRepository or Inline source', (self) => oneOfWords(self, 'inline', 'gitRepository')],
  ['Use profile or resources', (self) => oneOfWords(self, 'profile', 'resources')],
  ['BaseDir is required', () => ({ message: 'has no baseDir or an empty one; give the folder of the source, "/" for the root' })],
  ['Reference is required', () => ({ message: 'has no reference or an empty one; give a branch, a tag or a commit' })],
  ['SecretName is required', () => ({ message: 'is empty; give the name of a Secret' })],
  ['Following envs are reserved', reservedWords],
  ['Label value cannot be longer than 63', longKeyWords],
];

/** Words for a broken rule; the API server's own where the rule is not known. */
export function celWords(says: string, self: unknown): CelWords {
  const words = known.find(([start]) => says.startsWith(start))?.[1];
  return words ? words(self) : { message: `is refused: ${says}` };
}

function accessWords(self: unknown): CelWords {
  const found = [...['jwt', 'extAuth'].filter((name) => has(self, name)), ...(member(self, 'noAuth') === true ? ['noAuth: true'] : [])];
  const message = found.length === 0 ? 'has no access strategy' : `has ${found.join(' and ')}`;
  return { message: `${message}; give exactly one of jwt, extAuth and noAuth: true` };
}

function hostWords(self: unknown): CelWords {
  const host = String(self);
  const plain = host
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[:/].*$/, '')
    .replace(/\.$/, '');
  const right = plain !== host && (isShortHost(plain) || isFullHost(plain));
  const message = `${quoted(host)} is no host; give a lower-case label, a full name such as api.example.com, or "*." before a full name`;
  return { message, ...(right && { fix: `Write ${plain}.` }) };
}

function gatewayWords(self: unknown): CelWords {
  const [name = '', namespace = 'NAMESPACE', ...rest] = String(self).split('.');
  const right = ['', 'svc', 'svc.cluster.local'].includes(rest.join('.')) && isGatewayName(`${namespace.toLowerCase()}/${name}`);
  const message = `${quoted(String(self))} is not of the form namespace/name, in lower-case letters, digits and "-"`;
  return { message, ...(right && { fix: `Write ${namespace}/${name}.` }) };
}

function oneOfWords(self: unknown, one: string, other: string): CelWords {
  return {
    message: `has ${has(self, one) ? 'both' : 'neither'} ${one} ${has(self, one) ? 'and' : 'nor'} ${other}; give exactly one of them`,
  };
}

const reservedNames = [
  ...['FUNC_RUNTIME', 'FUNC_HANDLER', 'FUNC_PORT', 'FUNC_HANDLER_SOURCE', 'FUNC_HANDLER_DEPENDENCIES', 'MOD_NAME', 'NODE_PATH'],
  'PYTHONPATH',
];

function reservedWords(self: unknown): CelWords {
  const names = Array.isArray(self) ? self.map((entry) => String(member(entry, 'name'))) : [];
  const used = names.filter((name) => reservedNames.includes(name));
  return { message: `sets ${used.join(', ')}, which the runtime keeps for itself; choose another name` };
}

function longKeyWords(self: unknown): CelWords {
  const keys = [...membersOf(self).keys()].filter((key) => Array.from(key).length > 63);
  return { message: `has the key ${keys.map(quoted).join(', ')}; give keys of at most 63 characters, prefix included` };
}

function has(self: unknown, name: string): boolean {
  return member(self, name) !== undefined;
}

function member(self: unknown, name: string): unknown {
  return membersOf(self).get(name);
}

/** Members of an object as CEL sees it, which is an object or a map. */
function membersOf(self: unknown): ReadonlyMap<string, unknown> {
  if (self instanceof Map) return self as ReadonlyMap<string, unknown>;
  return new Map(typeof self === 'object' && self !== null ? Object.entries(self) : []);
}
