import type { UnitReport } from '../../core/units/unit.ts';
import type { ObservationReport } from '../../main/feeds/feed.ts';

/** Characters of a message that are shown. */
const SHOWN = 500;

/** A message as a terminal may show it: its text, or its bytes where it is none; without a password that HJ 212 writes in it. */
export function rawText(message: Uint8Array): string {
  const bytes = Buffer.from(message.subarray(0, SHOWN * 4));
  const text = bytes.toString('utf8');
  const isText = !/[^\P{Cc}\r\n\t]|\p{Cf}|\ufffd(?!$)/u.test(text);
  const shown = isText
    ? text
        .replace(/PW=[^;&]*/g, 'PW=******')
        .replace(/\s+/g, ' ')
        .trim()
    : bytes.toString('hex');
  return shown.length > SHOWN || message.length > bytes.length ? `${shown.slice(0, SHOWN)}…` : shown;
}

const QUALITY = {
  good: { zh: '', en: '' },
  doubtful: { zh: '（存疑）', en: ' (doubtful)' },
  bad: { zh: '（无效）', en: ' (bad)' },
};
const time = (t: number): string => (Math.abs(t) <= 8.64e15 ? new Date(t).toISOString() : String(t));

/** A reading as the hall would take it. @param unit of what the sensor measures */
export function readingText(
  { sensor, value, t, quality }: ObservationReport,
  unit: string,
  lang: 'zh-CN' | 'en',
): string {
  const of = QUALITY[quality][lang === 'en' ? 'en' : 'zh'];
  return `${sensor}  ${value}${unit === '' ? '' : ` ${unit}`}${of}  ${time(t)}`;
}

/** Where a unit is, as the hall would take it. */
export function unitText({ unit, lon, lat, status, t }: UnitReport): string {
  return `${unit}  ${lon.toFixed(6)}, ${lat.toFixed(6)} (WGS 84)  ${status}  ${time(t)}`;
}
