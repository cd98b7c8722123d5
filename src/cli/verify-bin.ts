/** The door of the verifier that travels as one file: `verify` and nothing else, for Pods that have Node.js only. */
import { verifyCommand } from './commands/verify';
import { runProcess } from './process-io';
import { endWithError, runCommand } from './run-command';

/** Put in when the file is bundled. */
declare const KYMA_GUARD_VERSION: string;

const version = KYMA_GUARD_VERSION;
const args = process.argv.slice(2);

void runProcess((io) =>
  runCommand(verifyCommand, args, io, version).catch((error: unknown) =>
    endWithError(error, args, { io, version, verb: verifyCommand.name }),
  ),
);
