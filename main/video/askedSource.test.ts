import { expect, test } from 'vitest';
import { videoRig } from '../../tests/fakes/videoRig.ts';
import { AskError, type AskedSource } from './askedSource.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A device that answers what it is given to say. */
function device(...answers: (string | Error)[]) {
  const signals: AbortSignal[] = [];
  let failures = 0;
  const source: AskedSource = {
    async ask(signal) {
      signals.push(signal);
      const said = answers.shift() ?? 'rtsp://asked/last';
      if (said instanceof Error) throw said;
      return { url: said };
    },
    failed() {
      failures++;
    },
  };
  return { source, signals, failures: () => failures };
}

test('a device is asked for the address before a stream, and again after that has ended; of its pictures too', async () => {
  const { clock, sources, started, service, watch, latest } = videoRig();
  const asked = device('rtsp://asked/1', 'rtsp://asked/2', 'rtsp://asked/3');
  sources.B = asked.source;
  watch('B');
  expect(started).toEqual([]);
  await turn();
  expect(latest().source.url).toBe('rtsp://asked/1');
  expect(service.processes()).toMatchObject([{ cameraId: 'B' }]);
  latest().handlers.ended({ code: 'not-found', detail: '404' });
  expect(asked.failures()).toBe(1);
  await clock.advance(1_000);
  await turn();
  expect(latest().source.url).toBe('rtsp://asked/2');
  await service.close();
  expect(latest().stopped).toBe(true);
});

test('what a device does not tell is why the camera is gone, and it is asked again by itself', async () => {
  const { clock, sources, started, watch } = videoRig();
  sources.B = device(new AskError('unauthorized', 'GetServices: no'), 'rtsp://asked/2').source;
  const window = watch('B');
  await turn();
  expect(window.last()).toMatchObject({
    state: 'gone',
    lastError: { code: 'unauthorized', detail: 'GetServices: no' },
  });
  await clock.advance(1_000);
  await turn();
  expect(started.map(({ source }) => source.url)).toEqual(['rtsp://asked/2']);
});

test('nobody watches any more while it is asked: nothing is started', async () => {
  const { clock, sources, started, service, watch } = videoRig();
  const asked = device();
  sources.B = asked.source;
  watch('B').stop();
  clock.advanceSync(10_000);
  await turn();
  expect([started.length, asked.signals[0]?.aborted]).toEqual([0, true]);
  await service.close();
});

test('a still picture is of the address that the device tells', async () => {
  const { sources, service, pictures } = videoRig();
  sources.B = device('rtsp://asked/1').source;
  await service.snapshot('B');
  expect(pictures).toEqual([{ kind: 'stream', source: { url: 'rtsp://asked/1' } }]);
});
