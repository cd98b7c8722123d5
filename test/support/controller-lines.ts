import { readManifests } from '../../src/model/read-manifests';
import { validateText } from './validate';

/** All that the controller layer says of a text, a line each: `severity id path`. `earlier` is what the cluster holds before. */
export async function controllerLines(text: string, earlier?: string): Promise<string[]> {
  const against = earlier === undefined ? [] : readManifests(earlier, 'earlier.yaml').manifests;
  const results = await validateText(text, { select: ['controller'], against });
  return results.filter(({ status }) => status !== 'skip').map(({ severity, id, where }) => `${severity} ${id} ${where.path ?? ''}`.trim());
}
