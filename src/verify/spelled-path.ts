import type { Attempt } from './probe';

/** Attempts without a token at spellings of a path; what is the path itself is left out. They go out byte for byte. */
export function spelledPaths(samplePath: string, spellings: Readonly<Record<string, string>>): Attempt[] {
  return Object.entries(spellings)
    .filter(([, path]) => path !== samplePath && path.startsWith('/'))
    .map(([variant, path]) => ({ variant, path, over: 'bytes', credential: { kind: 'none' } }));
}
