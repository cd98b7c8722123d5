'use strict';

const places = require('./places.json');

const index = places.map((place) => ({ key: plain(place.title), place }));

/**
 * Answers `GET /here_location?location=tokyo` with the places whose title contains the words, best match first.
 * Whoever gets here holds a valid token: the gateway has checked it.
 */
function main(event) {
  const { location } = event.extensions.request.query;
  if (typeof location !== 'string' || location.trim() === '') {
    event.setResponseStatus(400);
    return { error: 'give a place, as in ?location=tokyo' };
  }
  return { items: find(plain(location)) };
}

function find(words) {
  return index
    .filter(({ key }) => key.includes(words))
    .sort((a, b) => a.key.indexOf(words) - b.key.indexOf(words))
    .slice(0, 20)
    .map(({ place }) => place);
}

/** Lower case without accents, so that `sao paulo` finds São Paulo. */
function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
}

module.exports = { main };
