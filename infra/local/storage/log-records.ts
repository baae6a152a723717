/** LevelDB's log format, in which its logs and manifests are written: checked records in blocks of 32 KiB. */

const BLOCK_BYTES = 32_768;
const HEADER_BYTES = 7;
const TYPES = { full: 1, first: 2, middle: 3, last: 4 } as const;

interface LogRecords {
  /** Those that are whole, in their order, up to the first that is not. */
  whole: Buffer[];
  /** What LevelDB would pass over: broken records, and one without an end. */
  unreadableBytes: number;
}

export function readLogRecords(log: Buffer): LogRecords {
  const whole: Buffer[] = [];
  let unreadableBytes = 0;
  let begun: Buffer[] = [];
  let at = 0;

  function drop(bytes: number) {
    unreadableBytes += bytes + begun.reduce((sum, part) => sum + part.length, 0);
    begun = [];
  }

  while (at < log.length) {
    const blockEnd = Math.min(log.length, at - (at % BLOCK_BYTES) + BLOCK_BYTES);
    const record = blockEnd - at < HEADER_BYTES ? undefined : readRecord(log.subarray(at, blockEnd));
    if (!record) {
      // A block's last bytes are zeros where no header fits.
      const rest = log.subarray(at, blockEnd);
      if (rest.some((byte) => byte !== 0)) drop(rest.length);
      at = blockEnd;
      continue;
    }
    at += HEADER_BYTES + record.data.length;
    if (record.type === TYPES.full || record.type === TYPES.first) drop(0);
    if (record.type === TYPES.middle || record.type === TYPES.last) {
      if (begun.length === 0) {
        drop(record.data.length);
        continue;
      }
    }
    begun.push(record.data);
    if (record.type === TYPES.first || record.type === TYPES.middle) continue;
    if (unreadableBytes === 0) whole.push(Buffer.concat(begun));
    begun = [];
  }
  drop(0);
  return { whole, unreadableBytes };
}

/** @returns undefined when it is broken, or there is none */
function readRecord(rest: Buffer): { type: number; data: Buffer } | undefined {
  const length = rest.readUInt16LE(4);
  const type = rest.readUInt8(6);
  const end = HEADER_BYTES + length;
  if (type < TYPES.full || type > TYPES.last || end > rest.length) return undefined;
  if (rest.readUInt32LE(0) !== masked(crc32c(rest.subarray(6, end)))) return undefined;
  return { type, data: rest.subarray(HEADER_BYTES, end) };
}

/** As LevelDB stores checksums, since one of data that has checksums in it would be weak. */
const masked = (crc: number) => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

const TABLE = Uint32Array.from({ length: 256 }, (_nothing, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  return crc >>> 0;
});

/** Castagnoli's polynomial; zlib has the other one. */
function crc32c(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
