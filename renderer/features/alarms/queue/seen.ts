/**
 * Whether an alarm can be seen now, as a row of the queue or in the detail: what carries its id in `data-alarm` is neither scrolled away
 * nor cut off.
 */
export function isSeen(alarm: string): boolean {
  return [...document.querySelectorAll(`[data-alarm="${CSS.escape(alarm)}"]`)].some((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) return false;
    return document.elementsFromPoint(left + width / 2, top + height / 2).includes(element);
  });
}
