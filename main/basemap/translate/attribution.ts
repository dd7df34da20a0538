const ENTITIES: Readonly<Record<string, string>> = { copy: '©', amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
const MAX_CHARS = 300;
const OPENSTREETMAP = '© OpenStreetMap contributors';

/**
 * Whose data a set of tiles is, as plain text for the corner of the map: without the links that web maps have.
 *
 * @param isOpenStreetMap whether it is made of OpenStreetMap, as the vector tiles of all known schemas are: then it is named in any case
 */
export function attributionOf(said: string, isOpenStreetMap: boolean): string {
  const plain = said
    .slice(0, 20_000)
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#(\d{1,7})|([a-z]{2,6}));/gi, (whole, code: string | undefined, name: string | undefined) =>
      code === undefined ? (entity(name ?? '') ?? whole) : character(Number(code)),
    )
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const named = isOpenStreetMap && !/OpenStreetMap/i.test(plain);
  return [named ? OPENSTREETMAP : '', plain]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, MAX_CHARS);
}

function entity(name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(ENTITIES, lower) ? ENTITIES[lower] : undefined;
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}
