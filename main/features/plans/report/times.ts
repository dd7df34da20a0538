/**
 * Times for people, each with its offset from UTC: `2026-11-01 01:58:00 +01:00`. So two stations in two zones say the same moment,
 * and the hour that comes twice when summer time ends is two hours.
 *
 * @param zone IANA name
 * @throws RangeError for a zone that does not exist
 */
export function timesIn(zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    timeZoneName: 'longOffset',
  });
  return (at) => {
    const date = new Date(at);
    if (Number.isNaN(date.getTime())) return '—'; // No calendar reaches there; an event's time may.
    const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
    return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')} ${offset}`;
  };
}

/** The zone as people call it: `China Standard Time (Asia/Shanghai)`, `中国标准时间`. */
export function zoneName(zone: string, lang: 'zh-CN' | 'en', at: number): string {
  const format = new Intl.DateTimeFormat(lang, { timeZone: zone, timeZoneName: 'longGeneric' });
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  if (name.startsWith('GMT')) return name.replace('GMT', 'UTC').replace(/\+00:00$/, '');
  return lang === 'en' ? `${name} (${zone})` : name;
}
