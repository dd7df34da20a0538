/** Whether the window has the focus, or is a wall: that never has it, and is looked at all the same. @param container of the map */
export function isLookedAt(container: HTMLElement): boolean {
  return document.hasFocus() || container.closest('[data-wall]') !== null;
}
