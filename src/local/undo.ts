/** Collects what has to be undone. */
export interface Undo {
  readonly add: (step: () => Promise<void>) => void;
  /** Undoes everything, last first; a step that fails does not keep the others from running. Later calls wait for the first. */
  readonly all: () => Promise<void>;
}

/** Starts an empty list of steps. */
export function createUndo(): Undo {
  const steps: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let step = steps.pop(); step; step = steps.pop()) await step().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  return { add: (step) => void steps.push(step), all: () => (running ??= run()) };
}
