import { createMemoryPair, type MemoryPair } from '../../contract/wire/carriers/memory.ts';
import { wireSuite } from './wire.suite.ts';

wireSuite('memory', async (server) => {
  let pairs: MemoryPair[] = [];
  return {
    async connect() {
      const pair = createMemoryPair();
      pairs.push(pair);
      server.attach(pair.hall);
      return pair.window;
    },
    cut() {
      for (const pair of pairs) pair.cut();
      pairs = [];
    },
    async close() {},
  };
});
