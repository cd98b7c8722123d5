import type { Endpoint } from '../endpoint';
import { spelledPaths } from '../spelled-path';
import type { Attempt, Probe } from '../probe';

/** The last letter of the path, written in ways that some decoders take for it. */
function attempts({ samplePath }: Endpoint): Attempt[] {
  const at = samplePath.search(/[a-z](?=[^a-z]*$)/i);
  if (at < 0) return [];
  const letter = samplePath.charCodeAt(at);
  const hex = letter.toString(16);
  const put = (text: string): string => `${samplePath.slice(0, at)}${text}${samplePath.slice(at + 1)}`;
  const full = encodeURIComponent(String.fromCharCode(letter + 0xfee0));
  return spelledPaths(samplePath, {
    'encoded twice': put(`%25${hex}`),
    'the form %u': put(`%u00${hex}`),
    'full width': put(full),
    'overlong in two bytes': put(`%${(0xc0 | (letter >> 6)).toString(16)}%${(0x80 | (letter & 0x3f)).toString(16)}`),
    'raw full width': put(Buffer.from(String.fromCharCode(letter + 0xfee0)).toString('latin1')),
    'a zero-width character behind it': `${samplePath}%e2%80%8b`,
    'a combining mark behind it': `${samplePath}%cc%81`,
  });
}

export const pathLetters: Probe = {
  id: 'path-letters',
  family: 'path',
  title: 'Letters of the path in other encodings',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 7 },
  refusals: [405],
  twins: ['no-token', 'path-not-exposed', 'path-spelling'],
  breach: 'The workload decodes more than the check does, or once more.',
  fix: 'Decode a path once, before the check, as UTF-8 in its shortest form, and refuse what then still holds escapes.',
  refs: ['RFC 3986 section 2.4', 'RFC 3629 section 3', 'CWE-176', 'CWE-174'],
};
