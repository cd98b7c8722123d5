const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take longest, the longest first. */
const slow = [
  'report/html-large',
  'package/stock-application',
  'conformance/weak-envoys',
  'verify/hostile-memory',
  'examples/ci',
  'verify/kill-matrix/sound',
  'journeys/verification-job',
  'report/html-browser',
  'migrate/local-behaviour',
  'migrate/golden',
  'verify/limits',
  'model/read-documents-hostile',
  'verify/safety',
  'conformance/verify-requests',
  'conformance/witnesses',
  'verify/kill-matrix/headers',
  'verify/kill-matrix/fastify',
  'verify/kill-matrix/express',
  'verify/kill-matrix/algorithms',
  'verify/consent-options',
  'verify/no-secret.property',
  'verify/entrances',
  'local/command',
].map((name) => `/test/${name}.test.ts`);

/** Jest starts what took long the last time; where it has no last time, as in a fresh clone, a long file at the end would run alone. */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)];
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const rank = ({ path }) => slow.findIndex((end) => path.endsWith(end)) + 1 || Infinity;
    return sorted.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  }
};
