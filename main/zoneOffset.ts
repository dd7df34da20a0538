const HOUR_MS = 3_600_000;

/** How far a zone's clocks are ahead of UTC at a time, in ms. Looked up once an hour of time: clocks are put forward and back at full hours. */
export function zoneOffset(zone: string): (t: number) => number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  let known = { hour: Number.NaN, offset: 0 };
  return (t) => {
    const hour = Math.floor(t / HOUR_MS);
    if (known.hour !== hour) {
      const at = Object.fromEntries(
        parts.formatToParts(hour * HOUR_MS).map(({ type, value }) => [type, Number(value)]),
      );
      const { year = 0, month = 1, day = 1, minute = 0, second = 0 } = at;
      known = { hour, offset: Date.UTC(year, month - 1, day, at.hour ?? 0, minute, second) - hour * HOUR_MS };
    }
    return known.offset;
  };
}
