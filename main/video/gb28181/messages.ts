import type { Clock } from '../../clock.ts';
import { AskError } from '../askedSource.ts';
import { createLastTold } from '../lastTold.ts';
import type { Preset, Turning } from '../turning.ts';
import { type Calls, NoAnswer } from './calls.ts';
import type { Device, Devices } from './devices.ts';
import { requestTo, type Self } from './dialogue.ts';
import { type Manscdp, writeManscdp } from './manscdp.ts';
import { MOST_PRESET, PTZ_STOP, ptzMove, ptzPreset } from './ptz.ts';
import type { SipResponse } from './sipMessage.ts';

/** What the hall says to devices outside of calls, each as a MESSAGE. */
export interface Messages {
  /** It answers by messages of its own; what it does not answer is asked again when it next speaks. */
  askCatalogue(device: Device): void;
  answerAlarm(device: Device, said: Manscdp): void;
  /** The same each time for a camera. */
  turning(device: Device, channel: string): Turning;
  /** A device told presets: of them those are taken that were asked for. */
  presets(device: Device, said: Manscdp): void;
}

const WITHIN_MS = 8_000;
const TYPE = 'Application/MANSCDP+xml';

/** Presets that were asked for, as far as they have come. */
interface Asked {
  readonly device: Device;
  readonly so: Preset[];
  items: number;
  done(): void;
}

export function createMessages(options: {
  self: () => Self;
  calls: Calls;
  devices: Pick<Devices, 'isOnline'>;
  clock: Clock;
}): Messages {
  const { self, calls, devices, clock } = options;
  const turnings = new Map<string, Turning>();
  const asked = new Map<string, Asked>();
  let number = 0;
  const next = (): string => String(++number);

  /** @throws AskError */
  async function tell(device: Device, body: Buffer, signal?: AbortSignal): Promise<void> {
    const { peer, id: user } = device;
    if (!peer || !devices.isOnline(device))
      throw new AskError('unreachable', `device ${user} is not registered with the hall now`);
    const request = requestTo(self(), peer, { method: 'MESSAGE', user, type: TYPE, body });
    let answer: SipResponse;
    try {
      answer = await calls.ask(request, peer, { withinMs: WITHIN_MS, ...(signal ? { signal } : {}) });
    } catch (error) {
      if (error instanceof NoAnswer) throw new AskError('timeout', error.message, { cause: error });
      throw error;
    }
    if (answer.status >= 300)
      throw new AskError('refused', `the device refused: SIP ${answer.status} ${answer.reason}`.slice(0, 200));
  }

  function askPresets(device: Device, channel: string): Promise<readonly Preset[]> {
    const sn = next();
    const members = [
      ['CmdType', 'PresetQuery'],
      ['SN', sn],
      ['DeviceID', channel],
    ] as const;
    return new Promise((resolve, reject) => {
      const so: Preset[] = [];
      const forget = () => {
        cancel();
        asked.delete(sn);
      };
      const done = () => {
        forget();
        resolve(so);
      };
      // Many take the question and never answer it: they have none that could be chosen.
      const cancel = clock.setTimeout(done, WITHIN_MS);
      asked.set(sn, { device, so, items: 0, done });
      tell(device, writeManscdp('Query', members)).catch((error: unknown) => {
        forget();
        reject(error);
      });
    });
  }

  function createTurning(device: Device, channel: string): Turning {
    const last = createLastTold();
    const control = (command: string): Promise<void> => {
      const members = [
        ['CmdType', 'DeviceControl'],
        ['SN', next()],
        ['DeviceID', channel],
        ['PTZCmd', command],
      ] as const;
      return last((signal) => tell(device, writeManscdp('Control', members), signal));
    };
    return {
      move: (velocity) => control(ptzMove(velocity)),
      stop: () => control(PTZ_STOP),
      async goTo(preset) {
        const of = /^\d{1,3}$/.test(preset) ? Number(preset) : 0;
        if (of < 1 || of > MOST_PRESET) throw new AskError('not-found', `it has no preset ${preset.slice(0, 20)}`);
        await control(ptzPreset(of));
      },
      pan: async () => undefined,
      presets: () => askPresets(device, channel),
    };
  }

  return {
    askCatalogue(device) {
      const members = [
        ['CmdType', 'Catalog'],
        ['SN', next()],
        ['DeviceID', device.id],
      ] as const;
      tell(device, writeManscdp('Query', members)).catch(() => undefined);
    },
    answerAlarm(device, said) {
      const members = [
        ['CmdType', 'Alarm'],
        ['SN', said.sn],
        ['DeviceID', said.device],
        ['Result', 'OK'],
      ] as const;
      // One that does not hear it tells its alarm again.
      tell(device, writeManscdp('Response', members)).catch(() => undefined);
    },
    turning(device, channel) {
      const key = `${device.id}/${channel}`;
      const turning = turnings.get(key) ?? createTurning(device, channel);
      turnings.set(key, turning);
      return turning;
    },
    presets(device, { sn, presets = [], items, sum = 0 }) {
      const question = asked.get(sn);
      if (question?.device !== device) return;
      question.so.push(...presets.slice(0, MOST_PRESET - question.so.length));
      question.items += items;
      if (question.items >= sum) question.done();
    },
  };
}
