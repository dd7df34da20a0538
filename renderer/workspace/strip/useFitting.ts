import { type RefCallback, useCallback } from 'react';

/**
 * Has a line leave out as little as it must: in this order, until what is left of it fits. What it leaves out stands in its `data-leaves`,
 * for its styles. Whatever stands in the line, in whatever language and size of letters, it is measured, not guessed.
 *
 * @param leaves by what can be missed first; always the same array
 */
export function useFitting(leaves: readonly string[]): RefCallback<HTMLElement> {
  return useCallback(
    (line: HTMLElement | null) => {
      if (!line) return undefined;
      let frame = 0;
      const leave = (): void => {
        for (let n = 0; n <= leaves.length; n++) {
          line.dataset.leaves = leaves.slice(0, n).join(' ');
          if (line.scrollWidth <= line.clientWidth) return;
        }
      };
      // In a frame of its own: what is laid out anew while sizes are told would be told again at once.
      const later = (): void => {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(leave);
      };
      const sizes = new ResizeObserver(later);
      const watch = (): void => {
        sizes.disconnect();
        for (const each of [line, ...line.children]) sizes.observe(each);
      };
      const children = new MutationObserver(watch);
      children.observe(line, { childList: true });
      watch();
      leave();
      return () => {
        cancelAnimationFrame(frame);
        sizes.disconnect();
        children.disconnect();
      };
    },
    [leaves],
  );
}
