import { cellNumber, saidText } from './cellText.ts';
import type { Cell } from './table.ts';

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * A longitude or latitude, or metres of a plane, as tables have them: `121.5`, `121.5E`, `东经121度30分15秒`, `121°30′15.5″`, `N31°12.5′`.
 *
 * @returns null where nothing is said, NaN where it is none
 */
export function degreesOf(cell: Cell): number | null {
  if (typeof cell === 'number') return cell;
  // NFKC makes two primes of a double one, and a letter of the ordinal sign that stands for degrees.
  const raw = typeof cell === 'string' ? cell.replace(/[º˚]/g, '°').replace(/″/g, '"') : cell;
  const text = saidText(raw).replace(/\s+/g, '');
  if (text === '') return null;
  if (NUMBER.test(text)) return Number(text);
  const sides = text.match(/[NSEW]|[东西南北][经纬]?/gi) ?? [];
  const plain = text
    .replace(/[NSEW]|[东西南北][经纬]?|[:：]/gi, '')
    .replace(/[度]/g, '°')
    .replace(/[分'‘’`´]/g, '′')
    .replace(/[秒”“]|′′|''/g, '"');
  const match = /^([+-]?\d{1,3}(?:\.\d+)?)°?(?:(\d{1,2}(?:\.\d+)?)′(?:(\d{1,2}(?:\.\d+)?)"?)?)?$/.exec(plain);
  if (!match || sides.length > 1) return sides.length === 0 ? cellNumber(text) : Number.NaN;
  const [, whole = '', minutes = '0', seconds = '0'] = match;
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return Number.NaN;
  const size = Math.abs(Number(whole)) + Number(minutes) / 60 + Number(seconds) / 3600;
  return whole.startsWith('-') || /[SW西南]/i.test(sides[0] ?? '') ? -size : size;
}

/** Both in one cell, the longitude first: `121.5,31.2`, `121.5，31.2` or with a blank between. Null where there are not two. */
export function pairOfDegrees(cell: Cell): [number, number] | null {
  const parts = saidText(cell)
    .replace(/^[([]|[)\]]$/g, '')
    .split(/ *[,;、/] *| (?=[\d+-])/)
    .map((part) => degreesOf(part.trim()));
  const [lon, lat] = parts;
  return parts.length === 2 && typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : null;
}
