/** Sentences as receivers of AIS send them, written after ITU-R M.1371 and NMEA 0183 and not with the code that reads them. */

interface Ship {
  readonly mmsi: number;
  /** Degrees; 181 and 91: no fix. */
  readonly lon: number;
  readonly lat: number;
  /** Knots, degrees. */
  readonly sog: number;
  readonly cog: number;
  readonly heading: number;
}

const bits = (value: number, count: number): string =>
  (value < 0 ? value + 2 ** count : value).toString(2).padStart(count, '0').slice(-count);
const minutes = (degrees: number): number => Math.round(degrees * 600_000);
const place = ({ lon, lat, cog, heading }: Ship): string =>
  `0${bits(minutes(lon), 28)}${bits(minutes(lat), 27)}${bits(cog * 10, 12)}${bits(heading, 9)}`;

/** A position of class A. @param type 1, 2, 3 */
export const positionA = (type: number, ship: Ship): string =>
  `${bits(type, 6)}00${bits(ship.mmsi, 30)}${bits(0, 12)}${bits(Math.round(ship.sog * 10), 10)}${place(ship)}`.padEnd(
    168,
    '0',
  );

/** A position of class B. @param type 18, 19 */
export const positionB = (type: number, ship: Ship): string =>
  `${bits(type, 6)}00${bits(ship.mmsi, 30)}${bits(0, 8)}${bits(Math.round(ship.sog * 10), 10)}${place(ship)}`.padEnd(
    type === 18 ? 168 : 312,
    '0',
  );

/** Static data and voyage of class A, message 5. @param draught metres */
export const voyage = ({ mmsi, draught }: { mmsi: number; draught: number }): string =>
  `${bits(5, 6)}00${bits(mmsi, 30)}`
    .padEnd(294, '0')
    .concat(bits(draught * 10, 8))
    .padEnd(424, '0');

/** Six bits a character. */
export const payloadOf = (message: string): string =>
  (message.match(/.{1,6}/g) ?? [])
    .map((six) => Number.parseInt(six.padEnd(6, '0'), 2))
    .map((six) => String.fromCharCode(six < 40 ? six + 48 : six + 56))
    .join('');

/** A sentence with its checksum. @param start `!` of reports, `$` of others */
export function sentenceOf(body: string, start: '!' | '$' = '!'): string {
  const sum = [...body].reduce((xor, char) => xor ^ char.charCodeAt(0), 0);
  return `${start}${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** A report. @param part how many, which, and the sequence */
export const lineOf = (payload: string, part: readonly [number, number, string] = [1, 1, ''], fill = 0): string =>
  sentenceOf(`AIVDM,${part.join(',')},A,${payload},${fill}`);
