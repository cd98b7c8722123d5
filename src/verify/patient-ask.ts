import type { Facts } from './answer-facts';

/** What a call that is not an attack gets: asked once more, and a third time, where it does not get what it usually gets. */
export async function patientAsk<T extends { readonly facts: Facts }>(
  ask: () => Promise<T>,
  isUsual: (facts: Facts) => boolean,
  isOver: () => boolean = () => false,
): Promise<T> {
  let exchange = await ask();
  for (let again = 0; again < 2 && !isUsual(exchange.facts) && !isOver(); again += 1) exchange = await ask();
  return exchange;
}
