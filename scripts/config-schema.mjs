// Writes kyma-guard.schema.json, the JSON Schema of kyma-guard.yaml for editors. Needs a build.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { configJsonSchema } = createRequire(import.meta.url)('../lib/src/config/json-schema.js');
writeFileSync(new URL('../kyma-guard.schema.json', import.meta.url), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
