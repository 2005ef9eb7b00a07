/** Pointers of Git LFS, which the repository contains in place of the files. */

/** A pointer is shorter than this, in bytes (Git LFS specification). */
const MAX_POINTER_BYTES = 1024;

const POINTER =
  /^version https:\/\/(?:git-lfs|hawser)\.github\.com\/spec\/v\d+\r?\n(?:[^\n]*\n)*oid [a-z0-9]+:[0-9a-f]+\r?\n/;

/** Whether the bytes are a pointer. A tolerant reader would take it for another product's configuration. */
export function isLfsPointer(bytes: Uint8Array): boolean {
  return bytes.length < MAX_POINTER_BYTES && POINTER.test(new TextDecoder('latin1').decode(bytes));
}
