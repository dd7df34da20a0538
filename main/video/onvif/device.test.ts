import { afterEach, describe, expect, test } from 'vitest';
import { type PlayedDevice, soapAnswer, soapFault, startOnvifDevice } from '../../../tests/support/onvifDevice.ts';
import { systemClock } from '../../clock.ts';
import { createOnvifCamera, type OnvifChoice } from './camera.ts';
import { createOnvifDevice } from './device.ts';

const PASSWORD = 'p@ss/w%rd?+geheim';
const LOGIN = { user: 'admin', password: PASSWORD };
const profile = (
  token: string,
  source: string,
  size: readonly [number, number],
  uri = `rtsp://0.0.0.0:8554/${token}`,
) => ({
  ...{ token, source, size, uri },
});
const PROFILES = [
  profile('a-sub', 'lens1', [640, 360]),
  profile('a-main', 'lens1', [2560, 1440], 'rtsp://192.168.1.64:554/Streaming/101?transportmode=unicast&profile=1'),
  profile('b-main', 'lens2', [1920, 1080]),
];

const open: PlayedDevice[] = [];
afterEach(async () => {
  for (const device of open.splice(0)) await device.stop();
});

async function played(options: Partial<Parameters<typeof startOnvifDevice>[0]> = {}): Promise<PlayedDevice> {
  const device = await startOnvifDevice({ profiles: PROFILES, login: LOGIN, ...options });
  open.push(device);
  return device;
}

function camera(
  device: PlayedDevice,
  {
    password = PASSWORD,
    answerMs = 20_000,
    ...choice
  }: Partial<OnvifChoice & { password: string; answerMs: number }> = {},
) {
  const url = device.url(LOGIN.user, password);
  return createOnvifCamera(createOnvifDevice({ url, clock: systemClock(), answerMs }), {
    stream: 'main',
    channel: 1,
    ...choice,
  });
}

const never = new AbortController().signal;
const LOGGED_IN = `admin:${encodeURIComponent(PASSWORD)}@`;

describe('where a camera’s pictures are, asked of its device', () => {
  test('the largest profile is the main stream, the smallest the sub stream; each lens is a channel; the host is the one asked', async () => {
    const device = await played();
    expect(await camera(device).ask(never)).toEqual({
      url: `rtsp://${LOGGED_IN}127.0.0.1:554/Streaming/101?transportmode=unicast&profile=1`,
    });
    expect(await camera(device, { stream: 'sub' }).ask(never)).toEqual({
      url: `rtsp://${LOGGED_IN}127.0.0.1:8554/a-sub`,
    });
    expect((await camera(device, { channel: 2 }).ask(never)).url).toMatch(/b-main$/);
    await expect(camera(device, { channel: 3 }).ask(never)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('where both of its streams are wanted the smallest is beside the main one, unless the device has but one', async () => {
    const two = camera(await played(), { stream: 'both' });
    expect((await two.ask(never)).url).toMatch(/Streaming\/101/);
    expect((await two.sub?.ask(never))?.url).toMatch(/a-sub$/);
    expect(camera(await played(), { stream: 'main' }).sub).toBeUndefined();
    const one = camera(await played(), { stream: 'both', channel: 2 });
    await expect(one.sub?.ask(never)).rejects.toMatchObject({ code: 'not-found' });
    expect(one.sub).toBeUndefined();
    expect((await one.ask(never)).url).toMatch(/b-main$/);
  });

  test('is asked once, and again after its stream has failed', async () => {
    const device = await played();
    const one = camera(device);
    await one.ask(never);
    await one.ask(never);
    const once = ['GetSystemDateAndTime', 'GetServices', 'GetProfiles', 'GetStreamUri'];
    expect(device.did).toEqual(once);
    one.failed();
    await one.ask(never);
    expect(device.did).toEqual([...once, ...once]);
  });

  test.each([2 * 3_600_000, -2 * 3_600_000])('by the device’s own clock, which is %i ms ahead', async (ahead) => {
    const device = await played({ ahead });
    expect((await camera(device).ask(never)).url).toContain('127.0.0.1');
    // The played device does refuse what another time stands in.
    const wrong = await played({ ahead });
    wrong.break('GetSystemDateAndTime', (response) => soapFault(response, 'Busy', 'busy'));
    await expect(camera(wrong).ask(never)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  test('with Digest by HTTP where the device wants that', async () => {
    const device = await played({ wants: 'http' });
    expect((await camera(device).ask(never)).url).toContain('127.0.0.1');
    await expect(camera(device, { password: 'wrong' }).ask(never)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  test('a wrong password is said so after one question that it would count, and stands in no message', async () => {
    const device = await played();
    device.break('GetSystemDateAndTime', (response) => soapFault(response, 'Busy', 'busy'));
    const error = await camera(device, { password: 'falsch17' })
      .ask(never)
      .catch((each: Error) => each);
    expect(error).toMatchObject({ code: 'unauthorized' });
    expect(String(error)).not.toMatch(/falsch17/);
    expect(device.asked).toHaveLength(2);
  });

  test('a password is never sent in clear', async () => {
    let authorization: string | undefined;
    const device = await played();
    device.break('GetServices', (response) => {
      authorization = response.req.headers.authorization ?? authorization;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="cam"' }).end();
    });
    await expect(camera(device).ask(never)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(authorization).toBeUndefined();
  });

  test('older devices name their services by capabilities', async () => {
    const media =
      '<x:Capabilities><tt:Media><tt:XAddr>http://10.9.9.9/onvif/media</tt:XAddr></tt:Media></x:Capabilities>';
    const device = await played();
    device.break('GetServices', (response) => soapFault(response, 'ActionNotSupported', 'what?'));
    device.break('GetCapabilities', (response) =>
      soapAnswer(response, `<x:GetCapabilitiesResponse>${media}</x:GetCapabilitiesResponse>`),
    );
    expect((await camera(device).ask(never)).url).toContain('127.0.0.1');
  });
});

describe('a device that is broken or hostile', () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>';
  test.each([
    ['not-onvif', 'a document type', (response) => void response.end(bomb)],
    ['not-onvif', 'a page', (response) => void response.end('<html><body>login</body></html>')],
    ['not-onvif', 'nothing', (response) => void response.end()],
    ['not-onvif', 'another answer', (response) => soapAnswer(response, '<x:GetUsersResponse/>')],
    ['not-onvif', 'levels without end', (response) => void response.end('<a>'.repeat(50_000))],
    ['not-onvif', 'elements without end', (response) => void response.end(`<a>${'<b/>'.repeat(60_000)}</a>`)],
    [
      'too-large',
      'an answer without end',
      (response) => {
        const more = () => {
          while (response.write('<a>'.padEnd(64_000)));
        };
        response.on('drain', more);
        more();
      },
    ],
    ['redirected', 'another host', (response) => void response.writeHead(302, { location: 'http://10.9.9.9/' }).end()],
    ['not-found', 'no such page', (response) => void response.writeHead(404).end()],
    ['failed', 'a fault', (response) => soapFault(response, 'Action', 'no memory')],
    [
      'not-onvif',
      'an address of files',
      (response) =>
        soapAnswer(
          response,
          '<x:GetStreamUriResponse><x:MediaUri><x:Uri>file:///etc/passwd</x:Uri></x:MediaUri></x:GetStreamUriResponse>',
        ),
    ],
  ] as const satisfies readonly (readonly [string, string, Parameters<PlayedDevice['break']>[1]])[])(
    'ends in %s: %s',
    async (code, _what, answer) => {
      const device = await played();
      device.break('GetStreamUri', answer);
      await expect(camera(device).ask(never)).rejects.toMatchObject({ code });
    },
  );

  test('that answers a byte at a time is given up as a whole', async () => {
    const device = await played();
    device.break('GetStreamUri', (response) => {
      const more = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(more));
    });
    await expect(camera(device, { answerMs: 300 }).ask(never)).rejects.toMatchObject({ code: 'timeout' });
  });

  test('that says the password back has it hidden', async () => {
    const device = await played();
    device.break('GetStreamUri', (response) => soapFault(response, 'Action', `${PASSWORD} of admin`));
    await expect(camera(device).ask(never)).rejects.toThrow(/^GetStreamUri: \*\*\* of admin$/);
  });

  test('is not asked any more once nobody waits for it', async () => {
    const device = await played();
    const stop = new AbortController();
    device.break('GetProfiles', () => stop.abort());
    const one = camera(device);
    await expect(Promise.all([one.ask(stop.signal), one.ask(stop.signal)])).rejects.toBeInstanceOf(Error);
    expect(device.did.filter((name) => name === 'GetProfiles')).toHaveLength(1);
  });
});
