import { randomBytes } from 'node:crypto';
import type { CitySensor } from '../../core/places/city.ts';
import { openMqttBroker } from './mqttBroker.ts';
import type { DepartmentSystem } from './system.ts';

/** Wind gauges, of which a platform of the weather service tells over MQTT: the hall dials it. */
export async function openWeatherService(sensors: readonly CitySensor[]): Promise<DepartmentSystem> {
  const winds = new Set(sensors.filter(({ kind }) => kind === 'wind').map(({ id }) => id));
  const login = { username: 'hall', password: randomBytes(16).toString('hex') };
  const { url, publish, close } = await openMqttBroker(login);
  return {
    feed: {
      ...{ id: 'weather-service', protocol: 'mqtt', name: { zh: '气象物联网平台', en: 'Weather service' } },
      ...{ url, version: '3.1.1', ...login, topics: ['weather/+/wind'], qos: 0, silentAfter: 15 },
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
