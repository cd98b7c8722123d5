/**
 * What the container runs with `node -e`: joins the pieces of the verifier, compares their digest with the one that stands in the Job, and
 * only then unpacks and runs them, in memory. It ends with 2 when it refuses, like every wrong call.
 *
 * Its arguments are the digest in hex, the folder of the pieces, and those of `verify`. It must hold no `$`, which the kubelet would expand.
 */
export const verifierLoader = `'use strict';
const { createHash } = require("node:crypto");
const { readdirSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const { gunzipSync } = require("node:zlib");
const [node, sha256, folder, ...args] = process.argv;
const refuse = (why) => {
  process.stderr.write('kyma-guard: the verifier was not started: ' + why + '\\n');
  process.exit(2);
};
const read = () => {
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith('verifier.')).sort();
    return Buffer.concat(names.map((name) => readFileSync(folder + '/' + name)));
  } catch (error) {
    return refuse(error.message);
  }
};
const data = read();
const found = createHash('sha256').update(data).digest('hex');
if (found !== sha256) refuse('sha256 of its ' + data.length + ' bytes in ' + folder + ' is ' + found + ', the Job expects ' + sha256);
process.argv = [node, 'kyma-guard', ...args];
const verifier = new Module('/kyma-guard-verify.cjs');
verifier.paths = [];
verifier._compile(gunzipSync(data).toString('utf8'), '/kyma-guard-verify.cjs');
`;
