import type { Report } from '../report';
import type { Labels } from './labels';

/** One value of a metric. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** A metric: all of them are gauges, since a run is over when it is written down. */
export interface MetricFamily {
  readonly name: string;
  /** One sentence for people. */
  readonly help: string;
  /** The last part of the name. @default - none */
  readonly unit?: string;
  /** Nothing where the report does not know. */
  readonly samplesOf: (report: Report) => readonly Sample[];
}
