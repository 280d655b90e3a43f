/** Files to a zip, the same bytes for the same files: no clock, no permissions, in order of their names. */

import { crc32, deflateRawSync } from "node:zlib";

const MIDNIGHT_1980 = 0x0021_0000; // the earliest moment a zip can say

/** @param files pairs of a name and its bytes */
export function zip(files) {
  const [locals, entries] = [[], []];
  let offset = 0;
  for (const [name, data] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const packed = deflateRawSync(data, { level: 9 });
    const path = Buffer.from(name, "utf8");
    const shared = fields([20, 2], [0x0800, 2], [8, 2], [MIDNIGHT_1980, 4], [crc32(data), 4], [packed.length, 4], [data.length, 4], [path.length, 2], [0, 2]);
    const local = Buffer.concat([fields([0x0403_4b50, 4]), shared, path, packed]);
    entries.push(Buffer.concat([fields([0x0201_4b50, 4], [20, 2]), shared, fields([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const count = entries.length;
  const end = fields([0x0605_4b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [directory.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...locals, directory, end]);
}

/** Little-endian numbers of 2 or 4 bytes. */
function fields(...values) {
  const bytes = Buffer.alloc(values.reduce((sum, [, size]) => sum + size, 0));
  let at = 0;
  for (const [value, size] of values) at = size === 2 ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value, at);
  return bytes;
}
