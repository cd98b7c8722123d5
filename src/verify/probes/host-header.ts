import { intentOfStrange, type Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

/** Host headers that a gateway may not find, or that only some find. */
function attempts(endpoint: Endpoint): Attempt[] {
  const { host, workload, samplePath } = endpoint;
  const intent = intentOfStrange(endpoint);
  const [namespace, service] = workload.split('/');
  const lines: Readonly<Record<string, readonly string[]>> = {
    'this machine': ['localhost'],
    'the service inside the cluster': [`${service ?? ''}.${namespace ?? ''}.svc.cluster.local`],
    'a host that nobody has': ['kyma-guard.invalid'],
    empty: [''],
    'capital letters': [host.toUpperCase()],
    'a dot at the end': [`${host}.`],
    'another port': [`${host}:8443`],
    'two of them, ours first': [host, 'localhost'],
    'two of them, ours last': ['localhost', host],
    'a list': [`${host}, localhost`],
    'a path': [`${host}/kyma-guard`],
    'an address': ['127.0.0.1'],
  };
  return [
    ...Object.entries(lines).map(([variant, hosts]): Attempt => ({
      variant,
      hosts,
      over: 'bytes',
      intent,
      credential: { kind: 'none' },
    })),
    { variant: 'none, HTTP/1.0', hosts: [], version: '1.0', over: 'bytes', intent, credential: { kind: 'none' } },
    { variant: 'none, HTTP/1.1', hosts: [], over: 'bytes', intent, credential: { kind: 'none' } },
    { variant: 'HTTP/1.0 with a host', version: '1.0', over: 'bytes', credential: { kind: 'none' } },
    {
      variant: 'ours, with another one in the request target',
      target: `http://localhost${samplePath}`,
      over: 'bytes',
      intent,
      credential: { kind: 'none' },
    },
  ];
}

export const hostHeader: Probe = {
  id: 'host-header',
  family: 'routing',
  title: 'Another Host header, or none',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 16 },
  refusals: [405, 421, 505],
  evidence: 'control',
  twins: ['no-token', 'request-target'],
  breach: 'The protection hangs on the name in the Host header: under another name, or none, the workload is open.',
  fix: 'Answer unknown hosts with 404 or 421, and protect the workload whatever host it is asked for.',
  refs: ['CVE-2021-39155', 'CVE-2022-21679', 'RFC 9112 section 3.2.2', 'CWE-644'],
};
