import { OWN_LAYERS, type Schema, type Translate } from './schemas/schema.ts';
import { LAND, of } from './schemas/words.ts';
import { ringGeometry } from './tile/geometry.ts';
import { POLYGON, readTile } from './tile/readTile.ts';
import { createTileWriter } from './tile/writeTile.ts';

const SIDE = 4096;
/** Beyond its tile by as much as the widest shore is drawn: its edges are no shore. */
const MARGIN = SIDE / 4;
const WHOLE_TILE = ringGeometry([
  [-MARGIN, -MARGIN],
  [SIDE + MARGIN, -MARGIN],
  [SIDE + MARGIN, SIDE + MARGIN],
  [-MARGIN, SIDE + MARGIN],
]);

/**
 * A foreign tile in the layers of our styles. Shapes stay as they are, of the properties what the styles draw by is kept.
 *
 * @param schema `own` for a tile that is in our layers already: nothing is lost of it but what no window could read
 * @returns not packed; empty when nothing of it is drawn
 * @throws BadTile when it cannot be read
 */
export function translateTile(tile: Uint8Array, schema: Schema | 'own'): Uint8Array {
  const layers = readTile(tile);
  const out = createTileWriter();
  if (schema !== 'own' && schema.landIsWhatIsNotSea) out.add(LAND.layer, POLYGON, WHOLE_TILE, SIDE, LAND.properties);
  for (const { name, side, features } of layers) {
    const translate = schema === 'own' ? asItIs(name) : of(schema.layers, name);
    if (!translate) continue;
    for (const { type, properties, geometry } of features()) {
      const translated = translate(properties, type);
      if (translated) out.add(translated.layer, type, geometry, side, translated.properties);
    }
  }
  return out.finish();
}

function asItIs(name: string): Translate | undefined {
  const layer = OWN_LAYERS.find((own) => own === name);
  return layer && ((properties) => ({ layer, properties }));
}
