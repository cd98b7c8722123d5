import type { Status } from '../model/check-result';
import { statusOrder } from './order';
import { checkedObjects, type Report } from './report';

/**
 * How many results there are of each status, on one line. An empty report never looks like a pass: without a number of objects that were
 * checked it says that nothing was, and a comparison that nothing changed.
 */
export function renderCounts(report: Report, paint: (status: Status, text: string) => string = (_, text) => text): string {
  const { summary, results } = report;
  const suppressed = results.filter((result) => result.suppressed).length;
  const counts = statusOrder.toReversed().filter((status) => summary[status] > 0);
  const texts = counts.map((status) => {
    const also = status === 'skip' && suppressed > 0 ? ` (${suppressed} suppressed)` : '';
    return paint(status, `${summary[status]} ${status}${also}`);
  });
  const checked = checkedObjects(report) ?? 0;
  const objects = `${checked} ${checked === 1 ? 'object' : 'objects'} checked`;
  if (checked === 0) return texts.length > 0 ? texts.join(', ') : isComparison(report) ? 'no change' : 'nothing was checked';
  return texts.length > 0 ? `${objects}: ${texts.join(', ')}` : `${objects}, no finding`;
}

/** True for what `report diff` shows: it checks nothing itself. */
function isComparison({ verb, data }: Report): boolean {
  return verb === 'report' && data?.['diff'] !== undefined;
}
