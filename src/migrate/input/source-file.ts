import type { Manifest } from '../../model/manifest';

/** Something that was named on the command line. */
export interface SourceRoot {
  /** As the user gave it; `-` is standard input. */
  readonly path: string;
  readonly kind: 'folder' | 'file' | 'stdin' | 'live';
}

/** A text file of the input and the objects in it. */
export interface SourceFile {
  readonly root: SourceRoot;
  /** Path as messages name it. */
  readonly path: string;
  /** Path below its root, with slashes. */
  readonly below: string;
  readonly text: string;
  /** Objects that count as they stand: no patches, no templates, nothing with placeholders. */
  readonly manifests: readonly Manifest[];
  /** True for a file that belongs into a stream of all manifests: no description of a chart, no patch, no file of another program. */
  readonly isStream: boolean;
}
