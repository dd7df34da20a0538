const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far off a clock is, for a sentence: "8 h 0 min"; without its direction. */
export function spanOf(ms: number): { zh: string; en: string } {
  const span = Math.abs(ms);
  if (span >= 2 * DAY) {
    const days = Math.floor(span / DAY);
    return days > 99_999 ? { zh: '数百年', en: 'centuries' } : { zh: `${days} 天`, en: `${days} days` };
  }
  if (span >= HOUR - MINUTE / 2) {
    const all = Math.round(span / MINUTE);
    const [hours, rest] = [Math.floor(all / 60), all % 60];
    return { zh: `${hours} 小时 ${rest} 分`, en: `${hours} h ${rest} min` };
  }
  const all = Math.round(span / SECOND);
  const [minutes, seconds] = [Math.floor(all / 60), all % 60];
  return { zh: `${minutes} 分 ${seconds} 秒`, en: `${minutes} min ${seconds} s` };
}

/** Whether a clock is off as one is that was set to local time where UTC is meant: by whole or half hours, up to fourteen. */
export function isZoneMistake(ms: number): boolean {
  const halves = Math.round(ms / (HOUR / 2));
  return halves !== 0 && Math.abs(halves) <= 28 && Math.abs(ms - halves * (HOUR / 2)) < 2 * MINUTE;
}
