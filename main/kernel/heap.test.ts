import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHeap } from './heap.ts';

const operation = fc.record({ do: fc.constantFrom('add', 'add', 'remove', 'first'), n: fc.nat(30) });

test('whatever is put in and taken out, the first is the least, and its size is what is in it', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      const heap = createHeap<{ n: number; place: number }>((a, b) => a.n < b.n);
      const plain: { n: number; place: number }[] = [];
      for (const { do: what, n } of operations) {
        if (what === 'add') {
          const item = { n, place: -1 };
          plain.push(item);
          heap.add(item);
        } else if (what === 'remove' && plain.length > 0) {
          const [item] = plain.splice(n % plain.length, 1);
          if (item) heap.remove(item);
          if (item) heap.remove(item); // Once more changes nothing.
          expect(item?.place).toBe(-1);
        }
        expect(heap.size).toBe(plain.length);
        expect(heap.first()?.n).toBe(plain.length > 0 ? Math.min(...plain.map((item) => item.n)) : undefined);
      }
    }),
    { seed: 6, numRuns: 300 },
  );
});
