/** The layer of the ring's handle: drawn by one, dragged by another. */
export const RING_HANDLE = 'oh-near-handle';
