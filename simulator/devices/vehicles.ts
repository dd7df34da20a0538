import type { CityUnit } from '../../core/places/city.ts';
import type { Clock } from '../../main/clock.ts';
import { dialling } from './dialling.ts';
import { JT808, jt808Frame, jt808Position, jt808Registration, jt808Tokens } from './jt808.ts';
import type { DepartmentSystem } from './system.ts';

/** Whose vehicles have terminals: no drill sends them, as what they do is not in the protocol. */
const WITH_TERMINALS = { department: 'urban', kind: 'car' } as const;
const KM_H = 3.6;

/** Cars of the city management, whose terminals a gateway brings by JT/T 808 to a port of the hall's. */
export function createVehicles(
  units: readonly CityUnit[],
  { port, secret }: { port: number; secret: string },
  clock: Clock,
): DepartmentSystem {
  // Others in each world: terminals that dial another one's port are turned away there.
  const first = 13_800_000_000 + (Number.parseInt(secret.slice(0, 8), 16) % 90_000) * 1000;
  const terminals = new Map(
    units
      .filter(({ department, kind }) => department === WITH_TERMINALS.department && kind === WITH_TERMINALS.kind)
      .map(({ id }, i) => [id, String(first + i).padStart(12, '0')]),
  );
  let serial = 0;
  const frame = (id: number, phone: string, body: Buffer) => jt808Frame(id, phone, serial++ % 0x1_0000, body);
  const admitted = new Set<string>();
  const line = dialling(port, clock, {
    open() {
      admitted.clear();
      for (const phone of terminals.values()) line.say(frame(JT808.registration, phone, jt808Registration()));
    },
    heard: () =>
      jt808Tokens((phone, token) => {
        line.say(frame(JT808.authentication, phone, token));
        admitted.add(phone);
      }),
  });
  return {
    feed: {
      ...{ id: 'city-management-vehicles', protocol: 'jt808' },
      ...{ name: { zh: '城管车辆终端', en: 'City management vehicles' }, crs: 'wgs84' },
      ...{ listen: `127.0.0.1:${port}`, silentAfter: 15 },
      devices: [...terminals].map(([unit, device]) => ({ device, unit })),
    },
    has: (id) => terminals.has(id),
    say(_, reports) {
      for (const { unit, t, lon, lat, speed, heading } of reports) {
        const phone = terminals.get(unit);
        if (phone === undefined || !admitted.has(phone)) continue;
        const course = Math.round(heading) % 360;
        line.say(frame(JT808.position, phone, jt808Position(t, lon, lat, speed * KM_H, course)));
      }
    },
    close: line.close,
  };
}
