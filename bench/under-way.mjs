// How many requests of node:http a piece of work has under way at once, on average over the time in which there is any.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Rounded up, which makes the loop that is compared with it cheaper, not dearer. */
export async function underWay(work) {
  const running = new Set();
  let [busy, weighed, last] = [0, 0, performance.now()];
  const count = () => {
    const now = performance.now();
    if (running.size > 0) busy += now - last;
    weighed += running.size * (now - last);
    last = now;
  };
  const over = ({ request }) => {
    count();
    running.delete(request);
  };
  const begun = ({ request }) => {
    count();
    running.add(request);
    request.once('close', () => over({ request }));
  };
  subscribe('http.client.request.start', begun);
  subscribe('http.client.response.finish', over);
  try {
    await work();
  } finally {
    unsubscribe('http.client.request.start', begun);
    unsubscribe('http.client.response.finish', over);
  }
  return Math.max(1, Math.ceil(weighed / busy));
}
