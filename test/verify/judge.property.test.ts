import fc from 'fast-check';
import type { Endpoint } from '../../src/verify/endpoint';
import { factsOf, type Facts } from '../../src/verify/answer-facts';
import { calibrationOf } from '../../src/verify/calibration';
import { judge, type JudgeRules } from '../../src/verify/judge';
import { requestOf } from '../../src/verify/request-of';

const rules: JudgeRules = { refusals: [], evidence: 'any', emptyIsHarmless: false, intent: 'jwt' };

function answer(status: number, body: string, type = 'application/json'): Facts {
  return factsOf({ kind: 'answer', status, headers: { 'content-type': type }, body: Buffer.from(body), truncated: false, ms: 1 }, 'GET');
}

function calibrated(good: Facts): ReturnType<typeof calibrationOf> {
  const none = answer(403, 'RBAC: access denied', 'text/plain');
  return calibrationOf({ good: [good, good], none, garbage: answer(401, 'no', 'text/plain'), unknown: answer(404, '', ''), marked: false });
}

test('whatever the good answer is, the same answer to anybody is a breach', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(200, 201, 206), (body, status) => {
      const good = answer(status, body);
      expect(judge(good, calibrated(good), rules).kind).toBe('breach');
    }),
  );
});

test('whatever the good answer is, the same body is a breach under every status', () => {
  fc.assert(
    fc.property(fc.json(), fc.integer({ min: 200, max: 599 }), (body, status) => {
      expect(judge(answer(status, body), calibrated(answer(200, body)), rules).kind).toBe('breach');
    }),
  );
});

test('401 and 403 are refusals whatever else than the good content stands in them, and 5xx never are', () => {
  const good = answer(200, '{"a":1}');
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(401, 403), fc.integer({ min: 500, max: 599 }), (body, refusal, trouble) => {
      expect(judge(answer(refusal, body), calibrated(good), rules)).toMatchObject({ kind: 'refused', certain: true });
      expect(judge(answer(trouble, body), calibrated(good), rules).kind).toBe('unclear');
    }),
  );
});

test('nothing without a working control is a certain refusal but 401 and 403', () => {
  const blind = { ...calibrated(answer(200, '{"a":1}')), control: 'missing' as const, good: [] };
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 499 }), fc.string(), (status, body) => {
      const verdict = judge(answer(status, body, 'text/plain'), blind, rules);
      expect(verdict.kind === 'refused' && verdict.certain).toBe(status === 401 || status === 403);
    }),
  );
});

test('no token gets into the texts that a report shows', () => {
  const endpoint = { host: 'a.example.com', method: 'GET', samplePath: '/a', hints: {} } as unknown as Endpoint;
  const places = fc.constantFrom({}, { fromHeaders: [{ name: 'X-Token', prefix: 'JWT ' }] }, { fromParams: ['t'] });
  fc.assert(
    fc.property(fc.stringMatching(/^ey[\w-]{20,40}\.ey[\w-]{20,40}\.[\w-]{20,40}$/), places, (token, from) => {
      const trust = { issuer: 'i', jwksUri: 'j', ...from };
      const attempt = { variant: 'v', credential: { kind: 'valid' } } as const;
      const { line, curl } = requestOf({ endpoint, attempt, trust, token, mayWrite: false, base: 'http://127.0.0.1:1', nonce: 'n' });
      expect(`${line()} ${curl()}`).not.toContain(token.slice(0, 20));
    }),
  );
});
