'use strict';

/**
 * Unsafe on purpose: the same answer at every path. The API rule protects `/getecptoken` and opens everything else, so
 * anyone reads this at any other path. `kyma-guard verify` must fail this example.
 */
function main() {
  return { service: 'ecptoken', offer: { kind: 'ecp', plan: 'partner', validForSeconds: 600, renewable: true } };
}

module.exports = { main };
