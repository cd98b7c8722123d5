import { factsOf, type AnswerFacts, type Facts } from '../../src/verify/answer-facts';
import { calibrationOf, type Control } from '../../src/verify/calibration';
import { judge, type JudgeRules } from '../../src/verify/judge';

interface Said {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  readonly location?: string;
  readonly grpcStatus?: string;
}

function said({ status, type = 'application/json', body = '', location, grpcStatus }: Said, method = 'GET'): Facts {
  const headers = {
    'content-type': type,
    'content-length': String(body.length),
    ...(location !== undefined && { location }),
    ...(grpcStatus !== undefined && { 'grpc-status': grpcStatus }),
  };
  return factsOf(
    { kind: 'answer', status, headers, body: Buffer.from(method === 'HEAD' ? '' : body), truncated: false, ms: 1 },
    method,
    'SESAME',
  );
}

const silence: Facts = { kind: 'failure', reason: 'reset' };
const places = { status: 200, body: '{"items":[{"title":"Tokyo","at":1},{"title":"Kyoto","at":2}]}' };
const otherPlaces = { status: 200, body: '{"items":[{"title":"Oslo","at":3}]}' };
const rbac = { status: 403, type: 'text/plain', body: 'RBAC: access denied' };
const badToken = { status: 401, type: 'text/plain', body: 'Jwt verification fails' };
const absent = { status: 404, type: '' };
const page = { status: 200, type: 'text/html', body: '<!doctype html><html><div id="app"></div></html>' };
const login = { status: 302, location: '/login?from=orders' };
const file = (name: string): Said => ({ status: 302, location: `https://files.example.test/orders/${name}?signature=${name}` });
const softError = { status: 200, body: '{"error":"unauthorized"}' };

const istio = { good: [said(places), said(places)], none: said(rbac), garbage: said(badToken), unknown: said(absent), marked: false };
const usual: JudgeRules = { refusals: [], evidence: 'any', emptyIsHarmless: false, intent: 'jwt' };

describe('the control', () => {
  test.each<[what: string, answers: Parameters<typeof calibrationOf>[0], control: Control]>([
    ['makes the difference', istio, 'proven'],
    ['is missing without a token', { ...istio, good: [] }, 'missing'],
    ['is refused', { ...istio, good: [said(badToken), said(badToken)] }, 'refused'],
    ['gets what everybody gets', { ...istio, none: said(places) }, 'open'],
    ['gets what everybody gets, on unknown paths too', { ...istio, none: said(places), unknown: said(places) }, 'open'],
    [
      'gets the page of an application, as unknown paths do',
      { ...istio, good: [said(page), said(page)], none: said(page), unknown: said(page) },
      'indistinct',
    ],
    [
      'gets an error under status 200, as unknown paths do',
      { ...istio, good: [said(softError)], none: said(softError), unknown: said(softError) },
      'indistinct',
    ],
    ['is hidden like everything else', { ...istio, good: [said(absent)], none: said(absent), unknown: said(absent) }, 'refused'],
    [
      'reaches a workload that knows no such thing',
      { ...istio, good: [said({ status: 404, body: '{"message":"no order 1"}' })] },
      'proven',
    ],
    ['gets an error under status 200, as strangers do', { ...istio, good: [said(softError)], none: said(softError) }, 'refused'],
    ['gets 404 as garbage does', { ...istio, good: [said(absent)], garbage: said(absent), unknown: said(page) }, 'indistinct'],
    ['gets 404 as an unknown path does', { ...istio, good: [said(absent)] }, 'indistinct'],
    [
      'is led to a file, and strangers to a login',
      { ...istio, good: [said(file('4711')), said(file('4712'))], none: said(login) },
      'proven',
    ],
    ['is led to a login, as strangers are', { ...istio, good: [said(login)], none: said(login) }, 'open'],
    ['is led to a login, as garbage is', { ...istio, good: [said(login)], garbage: said(login) }, 'indistinct'],
    ['breaks', { ...istio, good: [said({ status: 503 }), said(places)] }, 'broken'],
    ['is throttled', { ...istio, good: [said({ status: 429 })] }, 'broken'],
    ['is not answered', { ...istio, good: [silence, silence] }, 'broken'],
    ['has another status than its author says', { ...istio, expectedStatus: 204 }, 'unexpected'],
    ['lacks the marker', { ...istio, marked: true }, 'unmarked'],
    ['has the marker', { ...istio, good: [said({ ...places, body: '{"a":"SESAME"}' })], marked: true }, 'proven'],
    [
      'gets what garbage and unknown paths get, and strangers no answer',
      { ...istio, none: silence, garbage: said(places), unknown: said(places) },
      'uncompared',
    ],
    ['gets another answer than garbage, and strangers none', { ...istio, none: silence }, 'proven'],
    [
      'gets what garbage gets and unknown paths do not, and strangers no answer',
      { ...istio, none: silence, garbage: said(places) },
      'proven',
    ],
    [
      'gets the page that strangers get, and unknown paths no answer',
      { ...istio, good: [said(page), said(page)], none: said(page), unknown: silence },
      'uncompared',
    ],
    ['gets what strangers get, which is no page, and unknown paths no answer', { ...istio, none: said(places), unknown: silence }, 'open'],
    ['leaks on unknown paths, but makes a difference here', { ...istio, unknown: said(places) }, 'proven'],
  ])('%s', (_, answers, control) => {
    expect(calibrationOf(answers).control).toBe(control);
  });
});

describe('with a proven control', () => {
  test.each<[what: string, answer: Facts, verdict: string, rules?: Partial<JudgeRules>]>([
    ['the good content is a breach', said(places), 'breach'],
    ['other content of the same structure is a breach', said(otherPlaces), 'breach'],
    [
      'half of the good content is a breach',
      said({ status: 200, body: '{"items":[{"title":"Tokyo","at":1}],"public":true}' }),
      'breach',
      { evidence: 'control' },
    ],
    ['401 is a refusal', said(badToken), 'refused'],
    ['404 is a refusal', said(absent), 'refused'],
    ['permission denied in words of gRPC is a refusal', said({ status: 200, type: 'application/grpc', grpcStatus: '7' }), 'refused'],
    ['the good content is a breach, whatever gRPC calls it', said({ ...places, grpcStatus: '16' }), 'breach'],
    ['an unlisted 4xx, which a workload gives, is a breach', said({ status: 422, body: '{"field":"location"}' }), 'breach'],
    ['a listed 4xx is a refusal', said({ status: 405 }), 'refused', { refusals: [405] }],
    ['another 2xx is a breach', said({ status: 200, body: '{"debug":true}' }), 'breach'],
    [
      'another 2xx is none where only the good content counts',
      said({ status: 200, body: '{"debug":true}' }),
      'refused',
      { evidence: 'control' },
    ],
    [
      'another 2xx is none on a path that is public by intent',
      said({ status: 200, body: '{"debug":true}' }),
      'refused',
      { intent: 'public' },
    ],
    ['the good content on a path that is public by intent is a breach', said(places), 'breach', { intent: 'public' }],
    ['an error under status 200 is a refusal', said(softError), 'refused'],
    ['an empty 204 is a breach', said({ status: 204, type: '' }), 'breach'],
    ['an empty 204 to OPTIONS is none', said({ status: 204, type: '' }), 'refused', { emptyIsHarmless: true }],
    ['a redirect is a refusal', said({ status: 308, type: '', location: '/here_location' }), 'refused'],
    ['the good content under 403 is a breach', said({ ...places, status: 403 }), 'breach'],
    ['the good content under a redirect is a breach', said({ ...places, status: 302, location: '/login' }), 'breach'],
    ['the good content under 500 is a breach', said({ ...places, status: 500 }), 'breach'],
    [
      'most of the good content under 404 is a breach',
      said({ status: 404, body: places.body.replace('"at":2', '"at":9') }),
      'breach',
      { evidence: 'control' },
    ],
    ['403 of the same structure is a refusal', said({ ...otherPlaces, status: 403 }), 'refused'],
    ['500 is neither', said({ status: 500 }), 'unclear'],
    ['429 is neither', said({ status: 429 }), 'unclear'],
    ['no answer is neither', silence, 'unclear'],
    ['HEAD with the type and length of the good answer is a breach', said(places, 'HEAD'), 'breach'],
  ])('%s', (_, answer, verdict, rules = {}) => {
    expect(judge(answer, calibrationOf(istio), { ...usual, ...rules }).kind).toBe(verdict);
  });
});

describe('where strangers get something under a status of success', () => {
  const said200 = (body: string, type = 'application/json'): Said => ({ status: 200, type, body });
  const text = 'text/html';
  const form = '<html><form action="/login"><input name="user"><input name="pw" type="password"></form></html>';
  test.each<[what: string, none: Said, verdict: string, more?: { marked?: boolean; rules?: Partial<JudgeRules> }]>([
    ['a page that asks for a password is a refusal', said200(form, text), 'refused'],
    ['a page that leads to one is a refusal', said200('<html><script>location.replace("/login")</script></html>', text), 'refused'],
    ['a code for it is a refusal', said200('{"code":"401","data":[]}'), 'refused'],
    ['the word for it is a refusal', said200('{"ok":false}'), 'refused'],
    ['a sentence for it is a refusal', said200('{"msg":"Please log in first","data":null}'), 'refused'],
    ['such a sentence beside a value of the good answer is neither', said200('{"public":true,"msg":"Please log in first"}'), 'unclear'],
    ['such a sentence beside data is a breach', said200('{"msg":"Please log in first","items":[{"sku":7}]}'), 'breach'],
    ['another page is a breach', said200('<html><p>Tokyo, Berlin</p></html>', text), 'breach'],
    ['other data are a breach', said200('{"debug":true}'), 'breach'],
    ['data without the marker are a refusal', said200('{"debug":true}'), 'refused', { marked: true }],
    ['nothing at all is a breach, because it may have been done', { status: 204, type: '' }, 'breach'],
    ['nothing at all is a refusal of a call that reads', { status: 204, type: '' }, 'refused', { rules: { reads: true } }],
  ])('%s', (_, none, verdict, { marked = false, rules = {} } = {}) => {
    const good = [said({ ...places, body: '{"items":[{"title":"Tokyo","at":1},{"title":"SESAME","at":2}],"public":true}' })];
    const calibration = calibrationOf({ ...istio, good, none: said(none), marked });
    expect(judge(said(none), calibration, { ...usual, ...rules }).kind).toBe(verdict);
  });

  test('what only looks so is a breach where the good answer looks so as well', () => {
    const page = (row: string): Facts => said(said200(form.replace('</html>', `<p>${row}</p></html>`), text));
    const calibration = calibrationOf({ ...istio, good: [page('Tokyo')], none: page('Berlin, Paris') });
    expect(judge(page('Berlin, Paris'), calibration, usual).kind).toBe('breach');
  });
});

describe('with a good answer that is itself a 4xx of the workload', () => {
  const lost = (at: number): Said => ({ status: 404, body: JSON.stringify({ timestamp: `12:00:0${at}`, error: 'Not Found' }) });
  const line = (at: number): Said => ({ status: 404, type: 'text/plain', body: `at ${at}: no such order` });
  test.each<[what: string, good: Said, answer: Facts, verdict: string]>([
    ['the same shape with another time is a breach', lost(1), said(lost(2)), 'breach'],
    ['the same empty answer is a breach', { status: 400, type: '' }, said({ status: 400, type: '' }), 'breach'],
    ['another text under its status is neither', line(1), said(line(2)), 'unclear'],
    ['another 4xx that nobody else got is neither', lost(1), said({ status: 400, body: '{"field":"id"}' }), 'unclear'],
    ['what an unknown path gets is a refusal', lost(1), said(absent), 'refused'],
    ['what garbage gets is a refusal', lost(1), said(badToken), 'refused'],
    ['403 is a refusal', lost(1), said({ ...rbac, body: 'no' }), 'refused'],
  ])('%s', (_, good, answer, verdict) => {
    expect(judge(answer, calibrationOf({ ...istio, good: [said(good), said(good)] }), usual).kind).toBe(verdict);
  });
});

describe('with a good answer that leads to a file', () => {
  test.each<[what: string, answer: Facts, kind: string]>([
    ['a redirect to another file beside it is a breach', said(file('4713')), 'breach'],
    ['one to a login is a refusal', said(login), 'refused'],
    ['one to the place of the file at another host is a refusal', said({ status: 302, location: '/orders/4711' }), 'refused'],
    ['one to the normalized path is a refusal', said({ status: 301, location: '/orders' }), 'refused'],
    ['content in its place is a breach', said(places), 'breach'],
  ])('%s', (_, answer, kind) => {
    const calibration = calibrationOf({ ...istio, good: [said(file('4711')), said(file('4712'))] });
    expect(judge(answer, calibration, usual).kind).toBe(kind);
  });
});

test('where no rule leads and no unknown path is left, an empty 404 is no breach although the good answer is one', () => {
  const { unknown: _, ...catchAll } = istio;
  const calibration = calibrationOf({ ...catchAll, good: [said(absent), said(absent)] });
  expect(judge(said(absent), calibration, { ...usual, intent: 'none' })).toMatchObject({ kind: 'refused', certain: false });
  expect(judge(said(absent), calibration, usual).kind).toBe('breach');
});

describe('without a control', () => {
  const blind = calibrationOf({ ...istio, good: [] });
  test.each<[what: string, answer: Facts, kind: string, certain: boolean]>([
    ['data where nobody should get any is still a breach', said(places), 'breach', true],
    ['403 is a certain refusal', said(rbac), 'refused', true],
    ['404 could also be a wrong path', said(absent), 'refused', false],
    ['a redirect could also be a detour', said({ status: 302, type: '', location: '/login' }), 'refused', false],
    ['an empty list of errors is no error', said({ status: 200, body: '{"data":{"id":1},"errors":[]}' }), 'breach', true],
    ['no error is no error', said({ status: 200, body: '{"error":"","errors":{},"fault":0,"exception":null}' }), 'breach', true],
    ['an error beside data is no refusal', said({ status: 200, body: '{"data":{"id":1},"errors":[{"at":1}]}' }), 'breach', true],
    ['an error with its details is neither', said({ status: 200, body: '{"error":{"code":1},"details":["x"]}' }), 'unclear', false],
    ['an error under status 200 is neither', said(softError), 'unclear', false],
  ])('%s', (_, answer, kind, certain) => {
    expect(judge(answer, blind, usual)).toMatchObject({ kind, certain });
  });

  test('the page of an application is no breach when unknown paths give it too', () => {
    expect(judge(said(page), calibrationOf({ ...istio, good: [], none: said(page), unknown: said(page) }), usual)).toMatchObject({
      kind: 'refused',
      certain: false,
    });
  });
});

test('a marker decides alone when it is known', () => {
  const marked = calibrationOf({ ...istio, good: [said({ status: 200, body: '{"a":"SESAME"}' })], marked: true });
  expect(judge(said({ status: 200, body: '{"b":"the word is SESAME"}' }), marked, { ...usual, evidence: 'control' }).kind).toBe('breach');
});

test('a few bytes that every public path gives are no leak, more of them are', () => {
  const at = (body: string): string => {
    const shared = said({ status: 200, body });
    const calibration = calibrationOf({ ...istio, good: [shared, shared], unknown: shared });
    return judge(shared, calibration, { ...usual, intent: 'public' }).kind;
  };
  expect([at('[]'), at('{"status":"ok"}'), at(places.body)]).toEqual(['refused', 'refused', 'breach']);
});

test('an empty answer to a method that asks for no data is none of the empty good one', () => {
  const empty = said({ status: 204, type: '' });
  const calibration = calibrationOf({ ...istio, good: [empty, empty] });
  expect(judge(empty, calibration, { ...usual, emptyIsHarmless: true }).kind).toBe('refused');
  expect(judge(empty, calibration, usual).kind).toBe('breach');
});

test('what everybody sees is not taken for the leak', () => {
  const body = (content: string): string => JSON.stringify({ version: 7, name: 'api', content });
  const good = said({ status: 200, body: body('secret') });
  const calibration = calibrationOf({ ...istio, good: [good], unknown: said({ status: 200, body: body('public') }) });
  expect(judge(said({ status: 200, body: body('public, too') }), calibration, { ...usual, intent: 'public' }).kind).toBe('refused');
});

test('no body and no long word of a refusal is kept', () => {
  const facts = said({ status: 401, type: 'text/plain', body: `no: ${'x'.repeat(500)}` }) as AnswerFacts;
  expect(facts.refusalText).toBe('no: […]');
  expect(JSON.stringify(said(places))).not.toContain('Tokyo');
});
