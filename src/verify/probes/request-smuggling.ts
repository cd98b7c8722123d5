import { intentOfStrange, type Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

/** A request whose end two hops see in different places. What is left over is a call of the protected path; the next answer tells. */
function attempts(endpoint: Endpoint): Attempt[] {
  const { samplePath, host, method } = endpoint;
  if (method !== 'GET') return [];
  const hidden = `GET ${samplePath} HTTP/1.1\r\nHost: ${host}\r\nX-Kyma-Guard: `;
  const chunked = `0\r\n\r\n${hidden}`;
  const length = ['Content-Length', String(chunked.length)] as const;
  const framings: Readonly<Record<string, NonNullable<Attempt['headers']>>> = {
    'length and chunks': [length, ['Transfer-Encoding', 'chunked']],
    'chunks that are spelled otherwise': [length, ['Transfer-Encoding', 'xchunked']],
    'chunks with a blank before the colon': [length, ['Transfer-Encoding ', 'chunked']],
    'chunks with a tab': [length, ['Transfer-Encoding', '\tchunked']],
    'two lengths': [['Content-Length', '0'], length],
    'chunks in a list': [length, ['Transfer-Encoding', 'identity, chunked']],
  };
  return Object.entries(framings).map(([variant, headers]) => ({
    variant,
    credential: { kind: 'none' },
    over: 'bytes',
    path: '/kyma-guard-smuggling',
    intent: intentOfStrange(endpoint),
    before: {
      how: 'connection',
      attempts: [
        {
          variant: 'the carrier',
          method: 'OPTIONS',
          path: '/kyma-guard-smuggling',
          credential: { kind: 'none' },
          over: 'bytes',
          headers: [...headers, ['Content-Type', 'application/x-kyma-guard']],
          body: chunked,
        },
      ],
    },
  }));
}

export const requestSmuggling: Probe = {
  id: 'request-smuggling',
  family: 'routing',
  title: 'A request inside the body of another one',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'disruptive',
  profile: 'full',
  needs: ['allow-disruptive'],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 12 },
  refusals: [405, 501],
  evidence: 'control',
  twins: ['no-token', 'path-not-exposed'],
  breach:
    'Gateway and workload see the end of a request in different places: what stands behind it reaches the workload unchecked, and answers reach the wrong callers.',
  fix: 'Refuse requests with both Content-Length and Transfer-Encoding, with several lengths or with an unknown coding, and close the connection (RFC 9112 section 6.3).',
  refs: ['RFC 9112 section 11.2', 'CVE-2019-18801', 'CWE-444'],
};
