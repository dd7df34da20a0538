import { type RefObject, useEffect, useRef } from 'react';

/**
 * Of an element that comes in answer to a button which goes away: it takes the focus, and comes
 * into sight: from its beginning, where it is long.
 */
export function useArrival<E extends HTMLElement>({ long = false } = {}): RefObject<E | null> {
  const element = useRef<E>(null);
  useEffect(() => {
    element.current?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: long ? 'start' : 'nearest' });
  }, [long]);
  return element;
}
