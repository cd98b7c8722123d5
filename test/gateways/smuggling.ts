/**
 * A hop that ends a request where Content-Length says and hands it on, before a workload that ends it with the last chunk. What is left over
 * waits at the workload and swallows the first line of the next request, whose answer is then that of the hidden one: nobody has checked it.
 */
export function smuggled(): (text: string) => string {
  const left = new Map<string, string>();
  return (text) => {
    const [head, body] = split(text);
    const waiting = left.get('') ?? '';
    left.delete('');
    if (waiting !== '') return `${waiting}${text.replace('\r\n', '\r\nX-Unchecked: yes\r\n')}`;
    if (/^transfer-encoding: chunked/im.test(head) && /^content-length:/im.test(head)) {
      const end = body.indexOf('0\r\n\r\n') + 5;
      left.set('', body.slice(end));
      return `${head.replace(/^(content-length|transfer-encoding):.*\r\n/gim, '')}\r\n\r\n`;
    }
    return text;
  };
}

function split(text: string): [head: string, body: string] {
  const end = text.indexOf('\r\n\r\n');
  return [text.slice(0, end), text.slice(end + 4)];
}
