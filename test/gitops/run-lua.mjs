// Runs Lua scripts the way Argo CD does, in a process of its own, since the interpreter loads modules that a test runner cannot give it.
// Reads a JSON list of { script, object } and writes the list of what the scripts return.
import { text } from 'node:stream/consumers';
import { LuaFactory, LuaLibraries } from 'wasmoon';

const factory = new LuaFactory();
const results = [];
for (const { script, object } of JSON.parse(await text(process.stdin))) {
  // Of the libraries only the base one is open; the object is made of tables.
  const engine = await factory.createEngine({ openStandardLibs: false, enableProxy: false });
  engine.global.loadLibrary(LuaLibraries.Base);
  engine.global.set('obj', object);
  results.push(await engine.doString(script));
  engine.global.close();
}
process.stdout.write(JSON.stringify(results));
