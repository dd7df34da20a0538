import { join } from 'node:path';
import { DrillScript } from '../../../core/drills/script.ts';
import { type BadFile, type Found, readCatalogue, readFile } from '../../config/catalogue.ts';
import type { Rejects } from '../../rejects/rejects.ts';

/**
 * The drill scripts of the product and of the hall (`<data>/drills`), and the one the hall was started with. Of two of one name the later of
 * these is taken.
 */
export function drillScripts(options: { resources: string; hallDir: string; given: string; rejects: Rejects }): {
  scripts: ReadonlyMap<string, Found<DrillScript>>;
  bad: readonly BadFile[];
} {
  const { resources, hallDir, given, rejects } = options;
  const folders = { product: join(resources, 'drills'), own: join(hallDir, 'drills') };
  const { items, bad } = readCatalogue(folders, DrillScript, rejects);
  const scripts = new Map(items.map((found) => [found.item.drill, found]));
  if (!items.some(({ file }) => file === given) && !bad.some(({ file }) => file === given)) {
    const read = readFile(given, DrillScript, rejects);
    if ('item' in read) scripts.set(read.item.drill, { file: given, own: true, item: read.item });
    else bad.push(read.bad);
  }
  return { scripts, bad };
}
