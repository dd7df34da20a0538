import type { CitySensor } from '../../core/places/city.ts';
import { openMqttBroker } from './mqttBroker.ts';
import type { DepartmentSystem } from './system.ts';

/** Wind gauges, of which a platform of the weather service tells over MQTT: the hall dials it. */
export async function openWeatherService(
  sensors: readonly CitySensor[],
  { port: wanted, secret }: { port: number; secret: string },
): Promise<DepartmentSystem & { readonly port: number }> {
  const winds = new Set(sensors.filter(({ kind }) => kind === 'wind').map(({ id }) => id));
  const login = { username: 'hall', password: secret };
  const { port, publish, close } = await openMqttBroker(login, wanted);
  return {
    port,
    feed: {
      ...{ id: 'weather-service', protocol: 'mqtt', name: { zh: '气象物联网平台', en: 'Weather service' } },
      ...{ url: `mqtt://127.0.0.1:${port}`, version: '3.1.1', ...login },
      ...{ topics: ['weather/+/wind'], qos: 0, silentAfter: 15 },
      messages: { device: 'topic[1]', time: { at: '$.time', form: 'ms' }, readings: { speed: '$.speed' } },
      devices: [...winds].map((id) => ({ device: id, readings: { speed: id } })),
    },
    has: (id) => winds.has(id),
    say(observations) {
      for (const { sensor, t, value } of observations)
        if (winds.has(sensor)) publish(`weather/${sensor}/wind`, JSON.stringify({ time: t, speed: value }));
    },
    close,
  };
}
