import { expect, test } from 'vitest';
import { assertRuntime } from './runtime.ts';

test('a runtime with Node-API 10 or newer is accepted', () => {
  assertRuntime({ napi: '10', node: '24.21.0' });
  assertRuntime({ napi: '11', electron: '45.4.1', node: '24.18.0' });
  assertRuntime(process.versions);
});

test.each([
  [{ napi: '9', node: '20.18.0' }, 'and Node 20.18.0 offers 9'],
  [{ napi: '9', node: '20.18.1', electron: '33.2.1' }, 'and Electron 33.2.1 offers 9'],
  [{}, 'and Node of an unknown version offers none'],
])('%j is refused with a sentence that says which and what to do', (versions, part) => {
  expect(() => assertRuntime(versions)).toThrow(part);
  expect(() => assertRuntime(versions)).toThrow('Start it with npm start');
});
