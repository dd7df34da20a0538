/** The page's own type and ground: those of the canvas's style; `rem`: how many times 16 px its root is. */
export function lookOf(canvas: HTMLCanvasElement): { font: string; ground: string; rem: number } {
  const { fontFamily, backgroundColor } = getComputedStyle(canvas);
  const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { font: fontFamily || 'sans-serif', ground: backgroundColor, rem: root / 16 || 1 };
}
