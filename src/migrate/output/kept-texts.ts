import { isCollection, Scalar, type Node } from 'yaml';

/** Texts of nodes that stay as they are, while a word stands for each of them. */
export interface KeptTexts {
  /** A word for a collection on one line, in brackets or braces; nothing for any other node. */
  readonly keep: (node: Node) => Scalar | undefined;
  /** The printed text with the old texts in the place of their words. */
  readonly putBack: (printed: string) => string;
}

/**
 * Keeps the texts of nodes that a printer would lay out in its own way.
 * @param text What the ranges of the nodes count in.
 */
export function keptTexts(text: string): KeptTexts {
  const texts: string[] = [];
  const mark = unusedWord(text);
  return {
    keep: (node) => {
      if (!isCollection(node) || node.flow !== true || !node.range) return undefined;
      const own = text.slice(node.range[0], node.range[1]);
      if (own.includes('\n')) return undefined;
      texts.push(own);
      return new Scalar(`${mark}${texts.length - 1}x`);
    },
    putBack: (printed) => texts.reduce((rest, own, index) => rest.replace(`${mark}${index}x`, () => own), printed),
  };
}

function unusedWord(text: string): string {
  let word = 'kept';
  while (text.includes(word)) word += 't';
  return `${word}-`;
}
