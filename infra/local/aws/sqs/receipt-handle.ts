/** A receipt handle that tells the message, so that a deletion needs no table of the messages that were received. */

export const joinReceiptHandle = (messageId: string, handle: string) => `${messageId}.${handle}`;

/** @returns the parts; a handle of another form names no message and is left to the queue to judge */
export function splitReceiptHandle(receiptHandle: string): { messageId: string; handle: string } {
  const dot = receiptHandle.indexOf(".");
  return { messageId: receiptHandle.slice(0, Math.max(dot, 0)), handle: receiptHandle.slice(dot + 1) };
}
