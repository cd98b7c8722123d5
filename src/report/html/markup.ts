import { neutralizeForXml } from '../neutralize';

/** Text that is markup already, made by `markup` only. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | Markup | readonly Markup[] | undefined;

/**
 * Markup with values in it. Every value that is no markup is made harmless here, as character data or inside a quoted attribute, so that
 * no page of a report can forget it.
 */
export function markup(texts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(texts.map((text, i) => text + shown(values[i])).join(''));
}

/** Nothing at all. */
export const nothing = new Markup('');

/** The markup when there is something to show. */
export function when(condition: unknown, show: () => Markup): Markup {
  return condition === undefined || condition === false || condition === 0 || condition === '' ? nothing : show();
}

function shown(value: Part): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return neutralizeForXml(String(value));
}
