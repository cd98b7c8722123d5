export type { OldModel } from './old/old-model';
export type { OldTokenFact, OldTokenFacts } from './old/old-token';
export { readOldModel } from './old/read-old-model';
export { simulateOld, type OldDecision } from './old/simulate-old';
