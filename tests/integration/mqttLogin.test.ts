import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { halfSaid } from '../support/bothLanguages.ts';
import { makeCertificate } from '../support/mqttBroker.ts';
import { createScratch } from '../support/scratch.ts';
import { brokerFor, createMqttRig, fileOf, levelOf, publisherAt, until } from './mqttFeed.rig.ts';

/** Who a feed lets itself be let in by: passwords and certificates of a real broker. */
const PASSWORD = 'spa-ce Wort 7';
const scratch = createScratch();
let hall: ReturnType<typeof createMqttRig>;

beforeEach(() => {
  hall = createMqttRig();
});
afterEach(async () => {
  await hall.close();
  await scratch.clear();
});

test.each(['5', '3.1.1'])('a wrong password is told as that, and stands nowhere, over MQTT %s', async (version) => {
  const broker = await brokerFor(scratch, { login: { username: 'hall', password: PASSWORD } });
  const login = (password: string) => `version: ${version}\nusername: hall\npassword: '${password}'\n`;
  await hall.open(fileOf(broker.url, login('not-the-right-one')));
  await hall.down();
  expect(hall.health().fault).toBe('unauthorised');
  expect([halfSaid(hall.health().error ?? { zh: '', en: '' }), hall.health().error?.en]).toEqual([
    null,
    expect.stringContaining('`password`'),
  ]);
  expect(JSON.stringify([hall.logged, hall.health(), hall.rejects.list()])).not.toContain('not-the-right-one');
  await hall.close();
  await hall.open(fileOf(broker.url, login(PASSWORD)));
  await hall.subscribed();
  await (await publisherAt(scratch, broker)).publishAsync('city/d1/up', `{"d": "${PASSWORD}`, { qos: 1 });
  await until(() => hall.rejects.total() === 1, 'what is no JSON was refused');
  expect(hall.rejects.list()[0]?.excerpt).toContain('******');
  expect(JSON.stringify([hall.logged, hall.health(), hall.rejects.list()])).not.toContain(PASSWORD);
});

describe('over TLS', () => {
  test('a broker whose certificate is signed by the right one is heard; of another, or of none that is known, it is refused', async () => {
    const tls = makeCertificate(scratch.folder('certificate'));
    const other = makeCertificate(scratch.folder('certificate'));
    const broker = await brokerFor(scratch, { tls });
    const ca = (text: string) => `ca: |\n${text.trim().replace(/^/gm, '  ')}\n`;
    for (const [more, code] of [
      [ca(other.cert), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
      ['', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ] as const) {
      await hall.open(fileOf(broker.url, more));
      await hall.down();
      expect(hall.health()).toMatchObject({ fault: 'untrusted', error: { en: expect.stringContaining(code) } });
      expect(halfSaid(hall.health().error ?? { zh: '', en: '' })).toBeNull();
      await hall.close();
    }
    await hall.open(fileOf(broker.url, ca(tls.cert)));
    await hall.subscribed();
    await (await publisherAt(scratch, broker)).publishAsync('city/d1/up', levelOf(1), { qos: 1 });
    await until(() => hall.health().state === 'live', 'it is live');
    // By another name than the certificate has.
    await hall.close();
    await hall.open(fileOf(broker.url.replace('127.0.0.1', 'localhost'), ca(tls.cert)));
    await hall.down();
    expect(hall.health()).toMatchObject({ fault: 'untrusted', error: { en: expect.stringContaining('ALTNAME') } });
  });

  test('an address without encryption where there is some, and the other way round, is down with a reason', async () => {
    const broker = await brokerFor(scratch, { tls: makeCertificate(scratch.folder('certificate')) });
    await hall.open(fileOf(broker.url.replace('mqtts', 'mqtt')));
    await hall.down();
    expect(hall.health().error).not.toBeNull();
    await hall.close();
    const plain = await brokerFor(scratch);
    await hall.open(fileOf(plain.url.replace('mqtt', 'mqtts')));
    await hall.down();
    expect(hall.health().error).not.toBeNull();
    expect(halfSaid(hall.health().error ?? { zh: '', en: '' })).toBeNull();
  });
});
