import { weakEntrances } from '../../gateways/weak-entrances';
import { raisedInMatrix } from '../../support/kill-matrix';

test.each(weakEntrances)('a deployment with a weak entrance raises exactly its weakness: one $name', async (deployment) => {
  expect(await raisedInMatrix(deployment)).toEqual(deployment.raises);
});
