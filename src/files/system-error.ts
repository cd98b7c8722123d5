/** True for what the operating system says. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'is a folder, a file is expected',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'too many symbolic links',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
  EEXIST: 'already exists',
};

/** Why, in words for the common reasons. */
export function reasonOf(error: unknown): string {
  return isSystemError(error) ? (reasons[error.code ?? ''] ?? `failed (${error.code ?? 'unknown'})`) : 'failed';
}
