import { table } from './markdown.mjs';

/** docs/errors.md, from the source of the error classes. */
export function errorsPage(source) {
  return `# Errors

Generated from \`src/model/errors.ts\`; do not edit. An error means that the tool could not do its job. Facts about your files or deployment are results
instead, with status \`pass\`, \`fail\`, \`warn\`, \`error\` (could not tell) or \`skip\`.

${table(
  ['Code', 'Exit code', 'Meaning'],
  errorClasses(source).map(({ code, doc, outcome }) => [`\`${code}\``, outcome === 'wrong-call' ? 2 : 3, doc]),
)}
`;
}

function errorClasses(source) {
  const classes = source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport class (\w+) extends KymaGuardError \{([\s\S]*?)\n\}/g);
  return [...classes].map(([, doc, , body]) => ({
    doc: doc.replace(/\s*\n?\s*\*\s?/g, ' ').trim(),
    code: /code = '(\w+)'/.exec(body)?.[1] ?? '',
    outcome: /outcome = '([\w-]+)'/.exec(body)?.[1] ?? '',
  }));
}
