import type { JsonObject } from '../../src/model/json';
import { apiRule, goodToken, istioFrom, request, rule, service, status } from '../support/model';

const jwt = {};
const orderOfRules = [rule('/anything/{*}/one', 'POST', jwt), rule('/anything/{**}', 'POST,GET')];
const oneMethodPerRule = [rule('/anything/{*}/one', 'POST', jwt), rule('/anything/{**}', 'POST'), rule('/anything/{**}', 'GET')];
const wildcards = [
  rule('/anything/one', 'GET'),
  rule('/anything/one/two', 'GET'),
  rule('/anything/{*}/one', 'GET'),
  rule('/anything/{*}/one/{**}/two', 'DELETE'),
  rule('/anything/{*}/{*}/two', 'GET'),
  rule('/anything/{**}/two', 'POST'),
  rule('/anything/', 'GET'),
  rule('/anything/{**}', 'PUT'),
];

function statusFor(rules: JsonObject[], line: string, token?: string): number | string {
  return status(istioFrom(apiRule(rules), service()), request(line, token));
}

describe('the table of Kyma about the order of rules', () => {
  test.each([
    ['GET /anything/more', undefined, 200],
    ['POST /anything/more', undefined, 200],
    ['POST /anything/more/one', goodToken, 200],
    ['POST /anything/more/one', undefined, 403],
    ['GET /anything/more/one', undefined, 403],
  ])('%s with token %s is answered %d', (line, token, expected) => {
    expect(statusFor(orderOfRules, line, token)).toBe(expected);
  });
});

describe('the table of Kyma about one method per rule', () => {
  test.each([
    ['GET /anything/more', undefined, 200],
    ['POST /anything/more', undefined, 200],
    ['POST /anything/more/one', goodToken, 200],
    ['POST /anything/more/one', undefined, 403],
    ['GET /anything/more/one', undefined, 200],
  ])('%s with token %s is answered %d', (line, token, expected) => {
    expect(statusFor(oneMethodPerRule, line, token)).toBe(expected);
  });
});

describe('the table of Kyma about wildcards', () => {
  test.each([
    ['GET /anything/one', 200],
    ['GET /anything/one/two', 200],
    ['GET /anything/random/one', 200],
    ['GET /anything/rand*m/one', 200],
    ['DELETE /anything/random/one/any/random/two', 200],
    ['DELETE /anything/rand*m/one/any/rand*m/two', 200],
    ['GET /anything/any/random/two', 200],
    ['POST /anything/any/random/two', 200],
    ['POST /anything/random/one', 404],
    ['GET /anything/', 200],
    ['PUT /anything/a+b', 200],
    ['PUT /anything/a%20b', 200],
    ['PUT /anything/rand*m', 200],
    ['PUT /anything/any/random', 200],
  ])('%s is answered %d', (line, expected) => {
    expect(statusFor(wildcards, line)).toBe(expected);
  });
});
