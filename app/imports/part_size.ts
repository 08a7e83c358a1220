/** Bytes of one part of an upload, so that it passes every proxy; the last may have fewer. */
export const PART_BYTES = 1024 * 1024
