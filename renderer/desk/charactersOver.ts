/** By how many characters a text is longer than the hall takes, without the blanks around it, which are not sent; 0 for one that fits. */
export function charactersOver(text: string, most: number): number {
  return Math.max(0, text.trim().length - most);
}
