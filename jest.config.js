/** Types are checked by `npm run typecheck`; swc only strips them, which keeps the suite fast. */
module.exports = {
  testEnvironment: '<rootDir>/test/support/environment.ts',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs', ignoreDynamic: false } },
    ],
  },
  // Dynamic imports name the compiled file, as Node.js wants it; here they lead to the source.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // These ship ES modules only, which jest cannot require on Node 20.
  transformIgnorePatterns: ['/node_modules/(?!(@marcbachmann/cel-js|jose|oidc-provider|openid-client|oauth4webapi)/)'],
  testSequencer: '<rootDir>/test/support/sequencer.js',
  testTimeout: 60_000,
  // Jest leaves one processor alone, which is half of a small machine.
  maxWorkers: '100%',
};
