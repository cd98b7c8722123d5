import { anonymous, type Caller } from '../../../src/model/search/caller';
import { describeCaller } from '../../../src/model/search/describe-caller';

const issuer = 'https://id.example.com';

test.each<[Caller, string]>([
  [anonymous, 'without a token'],
  [{ issuer, claims: { sub: 'a' }, headers: {} }, `with a token of ${issuer} without scopes and audiences`],
  [{ issuer, claims: { sub: 'a', scope: 'read' }, headers: {} }, `with a token of ${issuer} and {"scope":"read"}`],
  [
    { issuer, keys: 'https://keys.example', claims: { sub: 'a' }, headers: {} },
    `with a token of ${issuer}, signed with keys of https://keys.example, without scopes and audiences`,
  ],
  [{ issuer, claims: {}, headers: {} }, `with a token of ${issuer}, without a subject (sub), without scopes and audiences`],
  [{ principal: '', claims: {}, headers: {} }, 'from inside the cluster without identity'],
])('%j is called "%s"', (caller, text) => {
  expect(describeCaller(caller)).toBe(text);
});
