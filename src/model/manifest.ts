import type { JsonObject, JsonPath } from './json';

/** A line and a column of a text, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One Kubernetes object with its place in a file. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  /** With `metadata.generateName` alone what it begins with, and `*`: such objects are never the same. */
  readonly name: string;
  /** Absent when the manifest names none; `default` is then meant by kubectl. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  /** Path as the user gave it, or `<stdin>`. */
  readonly file: string;
  /** Source position of a value; of the nearest parent if the path is not in the document. */
  locate(path: JsonPath): Position;
  /** The text of a line of the file, counted from 1; nothing when the line is not of this document. */
  sourceLine?(line: number): string | undefined;
}
