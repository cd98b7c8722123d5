import { configFolder, issuers, problemsOf } from '../support/config-folder';

const image = `node@sha256:${'1'.repeat(64)}`;

/** A configuration with one service, two issuers and a verification. */
function withVerification(verification: string, host = 'orders', domain = 'cluster: { domain: example.com }'): string {
  return configFolder(`version: 1
${domain}
${issuers}services:
  orders:
    namespace: shop
    service: { name: orders, port: 8080 }
    selector: { app: orders }
    expose: [{ host: ${JSON.stringify(host)}, rules: [{ path: /orders, methods: [GET], access: { jwt: { issuers: [keycloak] } } }] }]
verification: ${verification}
`);
}

const right = `namespace: shop-verification, image: '${image}'`;

test.each([
  `{ ${right} }`,
  `{ ${right}, kind: cronjob, schedule: 0 3 * * *, timeZone: Europe/Berlin }`,
  `{ ${right}, credentials: [xsuaa, { issuer: keycloak, secret: keycloak-verifier }] }`,
  `{ ${right}, network: {}, shards: 4, labels: { cluster: eu10 }, args: [--only, 'GET *'] }`,
  `{ ${right}, network: { targets: [203.0.113.0/24, '2001:db8::/32'], issuers: [198.51.100.7/32] } }`,
  `{ ${right}, targets: { orders.example.com: 'http://10.0.0.1:8080' }, issuers: { keycloak: 'https://id.internal.example.com' } }`,
  `{ ${right}, args: [--accept-undecided, 'GET orders.example.com/orders', '--only=GET *', --allow-disruptive, orders.example.com] }`,
  `{ ${right}, verifier: image, args: [--newer-than-this, --label, --wait] }`,
  `{ ${right}, resources: { limits: { cpu: 500m, memory: 256Mi } } }`,
  `{ namespace: shop-verification, image: 'registry.example.com:5000/a/b_c:v1.0@sha256:${'a'.repeat(64)}', verifier: image }`,
])('%s is taken', async (verification) => {
  expect(await problemsOf(withVerification(verification))).toEqual([]);
});

test.each<[string, string]>([
  ['{ namespace: v }', 'verification.image: is missing; give an image with its digest'],
  [`{ namespace: v, image: 'node:22' }`, 'verification.image: is "node:22"; give an image with its digest'],
  [`{ namespace: v, image: 'node@sha256:${'A'.repeat(64)}' }`, 'give an image with its digest'],
  [`{ image: '${image}' }`, 'verification.namespace: is missing'],
  [`{ namespace: shop, image: '${image}' }`, 'verification.namespace: is shop, where services.orders is; give a namespace of its own'],
  [`{ namespace: geo, image: '${image}' }`, 'is geo, where issuers.xsuaa is'],
  [`{ namespace: kyma-system, image: '${image}' }`, 'belongs to the platform'],
  [`{ ${right}, kind: cronjob }`, 'verification.schedule: is missing; a cronjob needs one'],
  [`{ ${right}, kind: cronjob, schedule: 61 3 * * * }`, 'verification.schedule: is "61 3 * * *"; the minute goes from 0 to 59'],
  [`{ ${right}, kind: cronjob, schedule: nightly }`, 'verification.schedule: is "nightly"; give five fields'],
  [
    `{ ${right}, kind: cronjob, schedule: 0 3 * * *, timeZone: Europe/Berln }`,
    'verification.timeZone: is "Europe/Berln", which is no time zone',
  ],
  [`{ ${right}, kind: flux, schedule: 0 3 * * * }`, 'verification.schedule: stands beside kind flux'],
  [`{ ${right}, timeZone: Europe/Berlin }`, 'verification.timeZone: stands beside kind job'],
  [`{ ${right}, wait: 10m, deadlineSeconds: 600 }`, 'verification.wait: is 10m, and the Job ends after 600 seconds'],
  [`{ ${right}, credentials: [xsuua] }`, 'names the issuer "xsuua", which is not declared; did you mean xsuaa?'],
  [`{ ${right}, credentials: [keycloak] }`, 'which the cluster makes no credentials for; give { issuer: keycloak, secret: SECRET }'],
  [`{ ${right}, credentials: [xsuaa, xsuaa] }`, 'names xsuaa a second time'],
  [`{ ${right}, targets: { order.example.com: 'http://10.0.0.1' } }`, 'is no host of this environment; known are orders.example.com'],
  [`{ ${right}, issuers: { keyclock: 'https://id.example.com' } }`, 'did you mean keycloak?'],
  [`{ ${right}, network: { targets: [gateway.example.com] } }`, 'addresses in CIDR form'],
  [`{ ${right}, resources: { limits: { cpu: fast, memory: 1Gi } } }`, 'processors such as'],
  [`{ ${right}, args: [--wait, 1m] }`, 'verification.args[0]: is --wait, which is written from wait; leave it out'],
  [`{ ${right}, args: ['--shard=1/2'] }`, 'verification.args[0]: is --shard=1/2, which is written from shards'],
  [
    `{ ${right}, args: [--accept-undecided, 'GET orders.example.com/order'] }`,
    'verification.args[1]: names "GET orders.example.com/order" for --accept-undecided, which is no route of this environment; did you mean GET orders.example.com/orders?',
  ],
  [
    `{ ${right}, args: ['--skip=PUT *'] }`,
    'verification.args[0]: names "PUT *" for --skip, which is no route of this environment; give METHOD HOST/PATH',
  ],
  [
    `{ ${right}, args: [--allow-disruptive, shop.example.net] }`,
    'verification.args[1]: names "shop.example.net" for --allow-disruptive, which is no host of this environment; known are orders.example.com',
  ],
  [`{ ${right}, args: [--profle, smoke] }`, 'verification.args[0]: is --profle, which is no option of verify; did you mean --profile?'],
  [`{ ${right}, args: [--plan] }`, 'verification.args[0]: is --plan, with which nothing is sent and the Job ends well all the same'],
  [`{ ${right}, args: [--rate, '1', --rate=2] }`, 'verification.args[2]: is --rate a second time; give it once'],
  [`{ ${right}, samples: { '*.example.com': www } }`, 'is no wildcard host of this environment; known are none'],
  [`{ ${right}, targets: { orders.example.com: 'http://[' } }`, 'a URL with http or https'],
  [`{ ${right}, shards: 0 }`, 'a whole number, 1 or more'],
  [`{ ${right}, schedul: x }`, 'schedule'],
])('%s is refused', async (verification, message) => {
  expect((await problemsOf(withVerification(verification))).join('\n')).toContain(message);
});

test('a scope needs full hosts', async () => {
  const problems = await problemsOf(withVerification(`{ ${right} }`, 'orders', ''));
  expect(problems.join('\n')).toContain('needs full hosts, and orders is a label; give cluster.domain');
});

test('a wildcard host needs a name that the deployment serves', async () => {
  expect((await problemsOf(withVerification(`{ ${right} }`, '*.example.com'))).join('\n')).toContain('names no host below *.example.com');
  expect(await problemsOf(withVerification(`{ ${right}, samples: { '*.example.com': www } }`, '*.example.com'))).toEqual([]);
});

test('an argument may name the host that stands for a wildcard', async () => {
  const verification = `{ ${right}, samples: { '*.example.com': www }, args: [--allow-disruptive, www.example.com, --only, 'GET www.*'] }`;
  expect(await problemsOf(withVerification(verification, '*.example.com'))).toEqual([]);
});

test('a verification without anything to verify is refused', async () => {
  const path = configFolder(`version: 1\n${issuers}verification: { ${right} }\n`);
  expect((await problemsOf(path)).join('\n')).toContain('has nothing to verify');
});

test('no secret is taken in its arguments', async () => {
  const problems = await problemsOf(
    withVerification(`{ ${right}, args: [--header, 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ'] }`),
  );
  expect(problems.join('\n')).toContain('secrets do not belong in this file');
});
