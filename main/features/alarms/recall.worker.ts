/** A thread that reads what sensors said before; see recall.ts. */
import { parentPort } from 'node:worker_threads';
import { openTelemetryHistory } from '../../../native/sqlite/telemetryHistory.ts';
import type { Recalled, RecallOrder } from './recall.ts';

/** One value in ten minutes is all that is learned; the first of them. */
const SLOT_MS = 600_000;

function perform({ file, sensors, from }: RecallOrder): Recalled {
  const wanted = new Set(sensors);
  const history = openTelemetryHistory(file);
  const samples: Recalled['samples'] = { sensor: [], t: [], value: [] };
  const put = (sensor: string, t: number, value: number): void => {
    samples.sensor.push(sensor);
    samples.t.push(t);
    samples.value.push(value);
  };
  try {
    for (const { sensor, t, value } of history?.samplesOf(wanted, from) ?? []) put(sensor, t, value);
    const kept = samples.t.length;
    const last = new Map<string, number>();
    for (const { sensor, t, value, quality } of history?.of(wanted, from) ?? []) {
      const slot = Math.floor(t / SLOT_MS);
      if (quality !== 0 || last.get(sensor) === slot) continue;
      last.set(sensor, slot);
      put(sensor, t, value);
    }
    return { samples, kept };
  } finally {
    history?.close();
  }
}

parentPort?.on('message', (order: RecallOrder) => {
  try {
    parentPort?.postMessage({ recalled: perform(order) });
  } catch (error) {
    parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
