import { UsageError } from '../model/errors';
import { isDnsSubdomain } from '../model/names';

/** The options of one call, read by their long name without dashes. */
export class Options {
  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  /** True when the switch was given. */
  flag(name: string): boolean {
    return this.values[camel(name)] === true;
  }

  /** The value, or undefined when the option was not given. */
  text(name: string): string | undefined {
    const value = this.values[camel(name)];
    return typeof value === 'string' ? value : undefined;
  }

  /** Every value of a repeatable option, in order. */
  list(name: string): readonly string[] {
    const value = this.values[camel(name)];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : typeof value === 'string' ? [value] : [];
  }

  /**
   * The value as a number.
   * @throws {UsageError} ERR_USAGE when it is no number or not above `min`
   */
  number(name: string, min = 0): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < min)
      throw new UsageError(`--${name} is "${text}"; give a number, ${min} or more`);
    return value;
  }

  /**
   * The domain that completes hosts of one label.
   * @throws {UsageError} ERR_USAGE when it is no DNS name in lower case
   */
  domain(name = 'domain'): string | undefined {
    const text = this.text(name);
    if (text === undefined || isDnsSubdomain(text)) return text;
    const bare = text
      .trim()
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .replace(/^\*?\.|[/:].*$|\.$/g, '');
    const meant = isDnsSubdomain(bare) ? `; did you mean "${bare}"?` : '';
    throw new UsageError(
      `--${name} is "${text}"${meant}`,
      'Give the domain of the cluster as a DNS name in lower case, without a scheme, a port or a dot at the end, such as c-7f31d2a.kyma.ondemand.com.',
    );
  }

  /**
   * Pairs of a repeatable option; the name ends at the first equals sign.
   * @param form what stands in the message, in the words of the option
   * @throws {UsageError} ERR_USAGE when one has no name or no value
   */
  pairs(name: string, form = 'NAME=VALUE'): readonly (readonly [string, string])[] {
    return this.list(name).map((text) => {
      const at = text.indexOf('=');
      if (at < 1 || at === text.length - 1) throw new UsageError(`--${name} is "${text}"; give ${form}`);
      return [text.slice(0, at), text.slice(at + 1)] as const;
    });
  }
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
