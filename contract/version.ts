/**
 * Version of the wire protocol. Raised when a method, topic or frame changes in a way an older window cannot follow.
 * A window that says another number is answered with `protocol-mismatch`, naming both.
 */
export const PROTOCOL_VERSION = 1;
