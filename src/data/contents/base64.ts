/** Strict, unlike Buffer's own, which passes over what it does not know. @returns null for what is no base64 */
export function base64Bytes(text: string): Buffer | null {
  const length = text.length;
  if (length === 0 || length % 4 === 1 || !/^[A-Za-z0-9+/]*={0,2}$|^[A-Za-z0-9_-]*={0,2}$/.test(text)) return null;
  return Buffer.from(text, 'base64');
}
