import { createSender } from '../../src/http/sender';
import { IssuerUnreachableError } from '../../src/model/errors';
import { discover, wellKnownUrls } from '../../src/token/discovery';
import { deadUrl, serve, serveRaw, serveText, type RunningServer } from '../support/http-server';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function keep(starting: Promise<RunningServer>): Promise<RunningServer> {
  const one = await starting;
  open.push(one);
  return one;
}
function sender(timeoutMs = 2000) {
  const one = createSender({ userAgent: 'kyma-guard/test', runId: 'run', timeoutMs });
  open.push(one);
  return one;
}

/** Publishes documents at paths, with `ISSUER` standing for the address of the server. */
const publish = (documents: Record<string, unknown>): Promise<RunningServer> =>
  keep(
    serve((request, response) => {
      const document = documents[request.url ?? ''];
      const text = typeof document === 'string' ? document : JSON.stringify(document ?? null);
      response.writeHead(document === undefined ? 404 : 200).end(text.replaceAll('ISSUER', `http://${request.headers.host ?? ''}`));
    }),
  );
const openid = '/.well-known/openid-configuration';

test.each([
  ['OpenID, below the issuer', '/realms/main', `/realms/main${openid}`],
  ['OpenID, with a slash at the end of the issuer', '/', openid],
  ['RFC 8414, before the path', '/tenant/a', '/.well-known/oauth-authorization-server/tenant/a'],
  ['RFC 8414 with the OpenID name', '/tenant/a', `${openid}/tenant/a`],
  ['XSUAA, at its base', '/oauth/token', openid],
  ['XSUAA, below its issuer', '/oauth/token', `/oauth/token${openid}`],
])('a document is found: %s', async (_, path, at) => {
  const { url } = await publish({ [at]: { issuer: `ISSUER${path}`, jwks_uri: 'ISSUER/keys', token_endpoint: 'ISSUER/t' } });
  expect(await discover(sender(), url + path)).toMatchObject({
    url: url + at,
    issuer: url + path,
    jwksUri: `${url}/keys`,
    tokenEndpoint: `${url}/t`,
  });
});

test('of two documents the one with exactly this issuer wins', async () => {
  const { url } = await publish({
    [openid]: { issuer: 'https://other.example' },
    [`/oauth/token${openid}`]: { issuer: 'ISSUER/oauth/token' },
  });
  expect((await discover(sender(), `${url}/oauth/token`)).issuer).toBe(`${url}/oauth/token`);
});

test.each([
  ['a slash too many', 'ISSUER/realms/main/'],
  ['another host', 'https://evil.example/realms/main'],
  ['another case', 'ISSUER/realms/Main'],
])('an issuer with %s is handed over as it is, for the comparison', async (_, issuer) => {
  const { url } = await publish({ [`/realms/main${openid}`]: { issuer } });
  expect((await discover(sender(), `${url}/realms/main`)).issuer).toBe(issuer.replace('ISSUER', url));
});

test('where the user says that it is reachable the same path is asked', async () => {
  const { url } = await publish({ [`/realms/main${openid}`]: { issuer: 'https://id.example.com/realms/main' } });
  const found = await discover(sender(), 'https://id.example.com/realms/main', url);
  expect(found).toMatchObject({ url: `https://id.example.com/realms/main${openid}`, issuer: 'https://id.example.com/realms/main' });
});

test.each([
  ['HTML', '<html>sign in</html>', 'HTML'],
  ['a list', '[]', 'no object'],
  ['nothing', '', 'empty body'],
  ['a document without issuer', '{}', 'names no issuer'],
  ['an endless document', `{"issuer": "${'x'.repeat(2_000_000)}"}`, 'too large'],
])('%s is no discovery document', async (_, text, reason) => {
  const { url } = await publish({ [openid]: text });
  await expect(discover(sender(), url)).rejects.toThrow(IssuerUnreachableError);
  await expect(discover(sender(), url)).rejects.toThrow(reason);
});

test.each([
  ['redirects', () => serveText(`HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n`), 'redirects'],
  ['says less than it announced', () => serveText('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"issuer": "x"}'), 'breaks off'],
  ['is silent', () => serveRaw(() => undefined), 'no answer'],
  ['speaks another protocol', () => serveText('220 smtp\r\n'), 'no answer'],
])('an issuer that %s is unreachable', async (_, start, reason) => {
  const { url } = await keep(start());
  await expect(discover(sender(200), url)).rejects.toThrow(reason);
});

test('a server that stalls every answer holds a run up only once', async () => {
  const { url } = await keep(serveText('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{', false));
  const one = sender(100);
  await expect(discover(one, `${url}/oauth/token`)).rejects.toThrow('breaks off');
  expect(one.sent).toBe(1);
});

test('an issuer that is down is asked once, not at every place', async () => {
  const one = sender();
  await expect(discover(one, `${deadUrl}/oauth/token`)).rejects.toMatchObject({ outcome: 'undecided' });
  expect(one.sent).toBe(1);
});

test.each(['', 'accounts.google.com', 'file:///etc/passwd', 'urn:x', 'https://user:pass@id.example/'])(
  'the issuer %j leads to no request',
  async (issuer) => {
    const one = sender();
    await expect(discover(one, issuer)).rejects.toThrow(IssuerUnreachableError);
    expect([wellKnownUrls(issuer), one.sent]).toEqual([[], 0]);
  },
);
