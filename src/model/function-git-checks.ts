import { isJsonObject, type JsonObject } from './json';
import { textOf } from './json-fields';
import type { Problem } from './problem';

const root = ['spec', 'source', 'gitRepository'];

/** Finds what keeps the controller of Functions from fetching code, and what would show a credential. */
export function functionGitProblems(git: JsonObject): Problem[] {
  const blank = ['url', 'reference', 'baseDir'].filter((field) => textOf(git[field]).trim() === '');
  const problems = blank.map((field) => problem([field], 'is missing or blank'));
  const url = textOf(git['url']);
  if (url.trim() !== '') problems.push(...urlProblems(url));
  const auth = git['auth'];
  return isJsonObject(auth) ? [...problems, ...authProblems(auth, url)] : problems;
}

function problem(path: readonly string[], message: string): Problem {
  return { id: 'function-git', path: [...root, ...path], message };
}

function urlProblems(url: string): Problem[] {
  if (!isGitAddress(url)) {
    const message = 'is no address of a repository; give https://host/path.git or git@host:path.git';
    return [{ ...problem(['url'], message), says: 'source.gitRepository.URL: …' }];
  }
  if (!/^[a-z]+:\/\/[^/@:]*:[^/@]*@/i.test(url)) return [];
  const message = 'holds a password, which everybody reads who may read the Function';
  return [{ id: 'function-git-password', path: [...root, 'url'], message, fix: 'take it out of the address and name a Secret under auth' }];
}

const sshForm = /(?:git|ssh|git@[\w.]+):(?:\/\/)?[\w.@:/\-~]+/;
/** What Go's `url.ParseRequestURI` takes, as far as it matters here: a scheme or a path from the root, and no control characters. */
const requestUri = /^(?:\/|[a-z][a-z0-9+.-]*:)[^\u0000-\u0020\u007f]*$/i;

function isGitAddress(url: string): boolean {
  return sshForm.test(url) || requestUri.test(url);
}

function authProblems(auth: JsonObject, url: string): Problem[] {
  const problems: Problem[] = [];
  const { type } = auth;
  if (type !== 'basic' && type !== 'key') problems.push(problem(['auth', 'type'], `"${textOf(type)}" is unknown; give basic or key`));
  if (textOf(auth['secretName']).trim() === '') problems.push(problem(['auth', 'secretName'], 'is missing or blank'));
  if (type === 'key' && /^https?:/i.test(url))
    problems.push({
      ...problem(['auth', 'type'], 'is key, but an address of http knows passwords only; give basic or an SSH address'),
      severity: 'medium',
    });
  if (type === 'basic' && /^http:/i.test(url)) {
    const message = 'sends the password over plain http; give an address of https';
    problems.push({ id: 'function-git-password', path: [...root, 'url'], message, fix: 'give an address of https', severity: 'medium' });
  }
  return problems;
}
