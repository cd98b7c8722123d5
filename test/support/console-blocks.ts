/** A command of a documentation page with what it says that follows. */
export interface ConsoleCall {
  readonly command: string;
  readonly output: string;
}

/** The blocks of language `console`, each as its calls in order; a call begins with `$ `. */
export function consoleBlocks(page: string): ConsoleCall[][] {
  return [...page.matchAll(/```console\n([^]*?)```/g)].map(([, text = '']) =>
    text
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n');
        return { command: part.slice(0, end), output: part.slice(end + 1) };
      }),
  );
}
