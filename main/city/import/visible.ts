/**
 * A text of somebody else's file as it may be printed: a character that commands a terminal, or turns the direction of writing, is shown as
 * the sign of one that cannot be shown.
 */
export const visible = (text: string): string => text.replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
