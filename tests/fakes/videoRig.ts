import { decodeVideoPacket } from '../../contract/video.ts';
import type { CameraSource } from '../../main/video/askedSource.ts';
import type { Ffmpeg, PictureSource, StreamHandlers, StreamOutput, StreamSource } from '../../main/video/ffmpeg.ts';
import type { CameraHealth } from '../../main/video/health.ts';
import type { WatchRequest } from '../../main/video/output.ts';
import { createProcessBudget } from '../../main/video/processBudget.ts';
import { type CameraSources, createVideoService } from '../../main/video/service.ts';
import { createFakeClock } from './clock.ts';

const SPS = [0, 0, 0, 1, 0x67, ...Buffer.from('42c01ed900a02ff97011000003000100000300320f162e48', 'hex')];
/** A picture that can be decoded by itself. */
export const KEY = [...SPS, 0, 0, 1, 0x65, 0x88, 1];
/** A picture that leans on others. */
export const DELTA = [0, 0, 1, 0x41, 0x9a, 2];

/** An ffmpeg that a test speaks for. */
export interface FakeProcess {
  readonly source: StreamSource;
  readonly output: StreamOutput;
  readonly handlers: StreamHandlers;
  stopped: boolean;
  send(...bytes: readonly number[]): void;
}

/** The video service over a scripted ffmpeg and a clock that stands still. */
export function videoRig({ mostProcesses = 64, source }: Partial<CameraSources> & { mostProcesses?: number } = {}) {
  const clock = createFakeClock();
  const started: FakeProcess[] = [];
  const pictures: PictureSource[] = [];
  const ffmpeg: Ffmpeg = {
    binary: undefined,
    pull(source, output, handlers) {
      const process: FakeProcess = {
        source,
        output,
        handlers,
        stopped: false,
        send: (...bytes) => handlers.bytes(Uint8Array.from(bytes)),
      };
      started.push(process);
      let exit = () => {};
      const exited = new Promise<void>((resolve) => {
        exit = resolve;
      });
      return {
        pid: 1000 + started.length,
        exited,
        stop() {
          process.stopped = true;
          exit();
        },
      };
    },
    async picture(source) {
      pictures.push(source);
      return Uint8Array.of(0xff, 0xd8, 0xff);
    },
  };
  const logged: string[] = [];
  const note = (fields: object, message: string) => logged.push(`${message} ${JSON.stringify(fields)}`);
  const sources: Record<string, CameraSource | undefined> = { A: { url: 'rtsp://a/1' } };
  const service = createVideoService({
    ffmpeg,
    clock,
    log: { debug: note, info: note, warn: note, error: note },
    random: () => 0,
    lingerMs: 5_000,
    processes: createProcessBudget(mostProcesses),
    cameras: {
      source: source ?? ((id) => sources[id]),
    },
  });
  function watch(cameraId: string, request: WatchRequest = { mode: 'auto' }) {
    const packets: { key: boolean; kind: string }[] = [];
    const states: CameraHealth[] = [];
    const window = { takes: true, packets, states };
    const handle = service.watch(cameraId, request, {
      packet(bytes) {
        if (window.takes) packets.push(decodeVideoPacket(bytes));
        return window.takes;
      },
      state: (health) => states.push(health),
    });
    return {
      ...handle,
      packets,
      states,
      window,
      last: () => states.at(-1),
      keys: () => packets.map((packet) => packet.key),
    };
  }
  const latest = () => {
    const process = started.at(-1);
    if (!process) throw new Error('nothing was started');
    return process;
  };
  return { clock, started, service, watch, latest, logged, pictures, sources };
}
