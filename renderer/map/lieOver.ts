/**
 * Lays a canvas that nobody points at over a map's, on the page; `follow` gives it the map's size, on the page and on the card.
 *
 * @param over the uppermost of those that it lies over
 */
export function lieOver(
  below: HTMLCanvasElement,
  over = below,
): { readonly canvas: HTMLCanvasElement; follow(): void } {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  Object.assign(canvas.style, { position: 'absolute', left: '0', top: '0', pointerEvents: 'none' });
  over.after(canvas);
  return {
    canvas,
    follow() {
      const { width, height, style } = below;
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      if (canvas.style.width !== style.width) canvas.style.width = style.width;
      if (canvas.style.height !== style.height) canvas.style.height = style.height;
    },
  };
}
