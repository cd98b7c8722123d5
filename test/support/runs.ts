const whole = process.env['PROPERTIES'] === 'whole';

/** How often a property is tried: a quarter of `all` in the usual test run, and all of it in `npm run properties`. */
export function runs(all: number): number {
  return whole ? all : Math.ceil(all / 4);
}
