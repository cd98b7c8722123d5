/** The door of the verifier that travels as one file: `verify` and nothing else, for Pods that have Node.js only. */
import { verifyCommand } from './commands/verify';
import { runProcess } from './process-io';
import { endWithError, runCommand } from './run-command';

/** Put in when the file is bundled. */
declare const KYMA_GUARD_VERSION: string;

const version = KYMA_GUARD_VERSION;
const given = process.argv.slice(2);
/** In an image it stands in for the whole program, so it is called like it: `kyma-guard verify PATH`. */
const args = given[0] === verifyCommand.name ? given.slice(1) : given;

void runProcess((io) =>
  runCommand(verifyCommand, args, io, version).catch((error: unknown) =>
    endWithError(error, args, { io, version, verb: verifyCommand.name }),
  ),
);
