/** A binary heap of nodes, least key first. */
export function createNodeHeap() {
  const nodes: number[] = [];
  const keys: number[] = [];
  const swap = (i: number, j: number) => {
    [nodes[i], nodes[j]] = [nodes[j] as number, nodes[i] as number];
    [keys[i], keys[j]] = [keys[j] as number, keys[i] as number];
  };
  const key = (i: number) => keys[i] ?? Number.POSITIVE_INFINITY;
  return {
    push(node: number, k: number) {
      nodes.push(node);
      keys.push(k);
      for (let i = nodes.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (key(parent) <= key(i)) break;
        swap(i, parent);
        i = parent;
      }
    },
    pop(): number | undefined {
      if (nodes.length === 0) return undefined;
      swap(0, nodes.length - 1);
      const top = nodes.pop();
      keys.pop();
      for (let i = 0; ; ) {
        const left = 2 * i + 1;
        const least = key(left + 1) < key(left) ? left + 1 : left;
        if (key(least) >= key(i)) break;
        swap(i, least);
        i = least;
      }
      return top;
    },
  };
}
