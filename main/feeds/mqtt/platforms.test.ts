import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { feedOn } from '../../../tests/fixtures/mqtt/feedOn.ts';

/** What platforms send, read by the configuration alone. */
const FIXTURES = new URL('../../../tests/fixtures/mqtt/', import.meta.url);
/** Messages of others, which are not ours to hand on: beside the project's folder where it is worked on. */
const FOLDER = new URL('../../../../shared/data/vectors/mqtt-iot/', import.meta.url);
const there = existsSync(FOLDER);

interface Example {
  readonly file: string;
  readonly what: string;
  readonly topic: string;
  readonly payload: unknown;
  readonly values: readonly (readonly [sensor: string, t: number, value: number])[];
}

const fixture = (file: string) => readFileSync(new URL(file, FIXTURES), 'utf8');
const EXAMPLES: readonly Example[] = JSON.parse(fixture('examples.json'));

test.each(EXAMPLES)('$file: $what', ({ file, topic, payload, values }) => {
  const { give, values: came, rejects } = feedOn(fixture(file), Date.parse('2026-11-28T00:00:00Z'));
  expect(give(topic, payload)).toEqual({ acknowledged: true });
  expect(came()).toEqual(values);
  // Beside what is asked for nothing is wrong: what no sensor is given for is told once.
  expect(rejects.list().filter(({ message }) => !message.en.includes("is no sensor's"))).toEqual([]);
});

if (!there) console.info('messages of others are not read: ../shared/data/vectors/mqtt-iot is not beside this tree');

if (there)
  describe('messages of others', () => {
    const json = (file: string) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
    const expected = there ? json('expected.json') : {};
    type Message = { topic: string; payload: unknown };
    /** A vector has topic and payload, or is the body of an HTTP push, which a bridge publishes as it is. */
    const bring = (file: string, config: string, device: string, pick: (message: Message) => unknown) => {
      const message = json(file);
      const t = Date.parse(expected[file].time);
      const { give, values } = feedOn(fixture(config).replaceAll('cover01', device), t);
      give(typeof message.topic === 'string' ? message.topic : 'push', pick(message));
      return { came: values(), t };
    };

    test('CTWing with a profile', () => {
      const { came, t } = bring(
        'ctwing-profile.json',
        'ctwing-profile.yaml',
        expected['ctwing-profile.json'].device,
        (message) => message,
      );
      const { Alarm_Status, Battery_Level, CSQ, RSRP } = expected['ctwing-profile.json'].values;
      expect(came).toHaveLength(4);
      expect(came).toEqual(
        expect.arrayContaining([
          ...[
            ['AL-1', t, Alarm_Status],
            ['BAT-1', t, Battery_Level],
            ['CSQ-1', t, CSQ],
          ],
          // Its file says that the minus is missing.
          ['RSRP-1', t, -RSRP],
        ]),
      );
    });

    test('CTWing, transparent', () => {
      const { came, t } = bring(
        'ctwing-transparent.json',
        'ctwing-transparent.yaml',
        expected['ctwing-transparent.json'].device,
        (message) => message,
      );
      const { b, c } = expected['ctwing-transparent.json'].decoded;
      expect(came).toEqual([
        ['C-1', t, c],
        [`V-${b[0].id}`, t, Number(b[0].v)],
      ]);
    });

    test('OneNET’s old push, whose value is a frame in hex', () => {
      const { came, t } = bring(
        'onenet-push.json',
        'onenet-push.yaml',
        json('onenet-push.json').msg.imei,
        (message) => message,
      );
      const frame = Buffer.from(json('onenet-push.json').msg.value, 'hex');
      expect(came).toEqual([
        ['K-1', t, frame[2]],
        ['U-1', t, frame.readUInt16BE(12) * 0.001],
      ]);
    });

    test('OneNET’s thing model', () => {
      const { came, t } = bring(
        'onenet-thing-post.json',
        'onenet-thing-post.yaml',
        'cover01',
        ({ payload }) => payload,
      );
      const { open, tilt } = expected['onenet-thing-post.json'];
      expect(came).toEqual([
        ['OPEN-1', t, Number(open)],
        ['TILT-1', t, tilt],
      ]);
    });

    test('Huawei IoTDA', () => {
      const { came, t } = bring(
        'huawei-iotda-report.json',
        'huawei-iotda.yaml',
        expected['huawei-iotda-report.json'].device,
        ({ payload }) => payload,
      );
      const { open, tilt } = expected['huawei-iotda-report.json'];
      expect(came).toEqual([
        ['OPEN-1', t, open],
        ['TILT-1', t, tilt],
        ['BAT-1', t, 0.88],
      ]);
    });
  });
