/** As far as the tests use it: these packages ship no types. */
declare module 'cors' {
  export default function cors(options: { origin: boolean; credentials: boolean }): unknown;
}
declare module 'method-override' {
  export default function methodOverride(header: string, options: { methods: readonly string[] }): unknown;
}
declare module 'jsonwebtoken' {
  export function decode(token: string): Record<string, unknown> | null;
  export function verify(token: string, key: string, options: Readonly<Record<string, unknown>>): Record<string, unknown> | string;
}
