import type { Where } from '../../model/check-result';

/** Something that the comparison cannot tell. */
export interface OpenPoint {
  readonly text: string;
  readonly fix: string;
  readonly where?: Where;
}
