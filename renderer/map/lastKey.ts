let lastKey = Number.NEGATIVE_INFINITY;

/** When a key was pressed last in this window, monotonic ms. */
export function keyPressedAt(): number {
  return lastKey;
}

// Before whoever keeps a key to himself.
globalThis.addEventListener?.(
  'keydown',
  ({ timeStamp }) => {
    lastKey = timeStamp;
  },
  true,
);
