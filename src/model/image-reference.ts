/** What {@link pinnedImage} asks for, in words. */
export const pinnedImageForm =
  'an image with its digest, such as docker.io/library/node:22-alpine@sha256: and 64 hex digits; a tag alone can move';

/**
 * An image that is named by its digest, so that nobody can put another one in its place.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export const pinnedImage =
  /^[a-z0-9][-a-z0-9.]*(:[0-9]+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?@sha256:[0-9a-f]{64}$/;
