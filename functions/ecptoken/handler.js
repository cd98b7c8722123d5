'use strict';

const welcome = {
  service: 'ecptoken',
  message: 'Public information. Tokens are handed out at /getecptoken to callers that are signed in.',
};

/**
 * The protected answer exists at exactly one path. The API rule protects that path and opens everything else, and a gateway
 * treats `/getecptoken/` or `/GetEcpToken` as "everything else", so the handler compares the path itself.
 */
function main(event) {
  return event.extensions.request.path === '/getecptoken' ? offer() : welcome;
}

function offer() {
  return { service: 'ecptoken', offer: { kind: 'ecp', plan: 'partner', validForSeconds: 600, renewable: true } };
}

module.exports = { main };
