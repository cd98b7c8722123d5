import type { RuleFacts } from '../rule';
import { exampleIssuer } from '../rules/security/example-issuer';

type NoticeFacts = Pick<RuleFacts, 'id' | 'severity' | 'title' | 'why' | 'fix' | 'bad' | 'good'>;

function notice(facts: NoticeFacts): RuleFacts {
  return { ...facts, layer: 'set', refs: ['docs/validate.md, suppressions'] };
}

/** An APIRule with a finding of `issuer-http`, or of none, and the annotation. */
function annotated(ignore: string, scheme = 'http'): string {
  const text = exampleIssuer(`${scheme}://id.example.com`, 'https://id.example.com/keys');
  const metadata = `metadata:\n  name: orders\n  namespace: shop\n  annotations:\n    kyma-guard/ignore: ${JSON.stringify(ignore)}`;
  return text.replace('metadata: { name: orders, namespace: shop }', metadata);
}

const sound = annotated('issuer-http: this issuer is a mock without TLS');

export const suppressionMalformed = notice({
  id: 'suppression-malformed',
  severity: 'medium',
  title: 'Every suppression names a rule and gives a reason',
  why: 'A suppression that is not understood has no effect, and somebody believes that it has.',
  fix: 'Write it as "rule-id@spec.rules[0] until=2027-01-31: reason"; place and date may be left out, the reason may not.',
  bad: annotated('issuer-http'),
  good: sound,
});

export const suppressionExpired = notice({
  id: 'suppression-expired',
  severity: 'medium',
  title: 'No suppression is out of date',
  why: 'The day up to which somebody accepted the finding is over; the finding counts again.',
  fix: 'Correct what is found, or decide anew and give a later day.',
  bad: annotated('issuer-http until=2020-01-31: the mock goes away in January'),
  good: sound,
});

export const suppressionUnused = notice({
  id: 'suppression-unused',
  severity: 'low',
  title: 'Every suppression matches a finding',
  why: 'It would hide the next finding at this place without anybody deciding about it.',
  fix: 'Remove the suppression.',
  bad: annotated('issuer-http: this issuer is a mock without TLS', 'https'),
  good: sound,
});

export const suppressionForbidden = notice({
  id: 'suppression-forbidden',
  severity: 'medium',
  title: 'Annotations suppress only what the policy lets them',
  why: 'The policy of the organisation says up to which severity the author of a manifest may decide himself. The finding counts.',
  fix: 'Correct what is found, or have the exception put into the configuration that the pipeline names.',
  bad: sound,
  good: exampleIssuer('http://id.example.com', 'https://id.example.com/keys'),
});

export const baselineExpired = notice({
  id: 'baseline-expired',
  severity: 'medium',
  title: 'No entry of the baseline is out of date',
  why: 'The day up to which somebody accepted the finding is over; the finding counts again.',
  fix: 'Correct what was accepted, or decide anew and give the entry a later day.',
  bad: exampleIssuer('http://id.example.com', 'https://id.example.com/keys'),
  good: exampleIssuer('https://id.example.com', 'https://id.example.com/keys'),
});

export const baselineStale = notice({
  id: 'baseline-stale',
  severity: 'info',
  title: 'Every entry of the baseline still occurs',
  why: 'It would hide the same finding when it comes back.',
  fix: 'Run validate with --prune-baseline.',
  bad: exampleIssuer('https://id.example.com', 'https://id.example.com/keys'),
  good: exampleIssuer('http://id.example.com', 'https://id.example.com/keys'),
});

/** What is told about suppressions themselves, in this order. These results cannot be suppressed. */
export const suppressionRules: readonly RuleFacts[] = [
  suppressionMalformed,
  suppressionExpired,
  suppressionForbidden,
  suppressionUnused,
  baselineExpired,
  baselineStale,
];
