import { OPENMAPTILES } from './openmaptiles.ts';
import { PROTOMAPS } from './protomaps.ts';
import { OWN_LAYERS, type Schema } from './schema.ts';
import { SHORTBREAD } from './shortbread.ts';

const FOREIGN: readonly Schema[] = [SHORTBREAD, OPENMAPTILES, PROTOMAPS];
/** So many layers of a schema's own make it that schema. */
const ENOUGH = 2;
/** Of our own layers Protomaps has some by the same name, but not these. */
const OWN_MARKS: readonly string[] = ['land', 'rail', 'labels', 'borders'] satisfies (typeof OWN_LAYERS)[number][];

/** Which schema tiles with these layers are of; `own` for ours, null for one that is not known. */
export function recogniseSchema(layers: ReadonlySet<string>): Schema | 'own' | null {
  const has = (marks: readonly string[]) => marks.filter((mark) => layers.has(mark)).length;
  const onlyOurs = [...layers].every((layer) => (OWN_LAYERS as readonly string[]).includes(layer));
  if (onlyOurs && has(OWN_MARKS) >= ENOUGH) return 'own';
  return FOREIGN.find(({ marks }) => has(marks) >= ENOUGH) ?? null;
}
