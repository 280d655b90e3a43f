/**
 * The icon, drawn: the story so far, a line of dots with the last one filled in ochre, beside lines of text.
 *
 * Shapes stand on a grid of 16, so that the smallest icon falls on whole pixels; larger ones are the same shapes.
 */

import { deflateSync, crc32 } from "node:zlib";

const INK = [0x0b, 0x6e, 0x69];
const PAPER = [0xff, 0xff, 0xff];
const OCHRE = [0xf2, 0xc0, 0x62];

// Painted in this order: [colour, a test of a point on the grid].
const SHAPES = [
  [INK, box(0, 0, 16, 16, 3.4)],
  [PAPER, box(4, 3, 5, 13, 0)],
  [PAPER, disc(4.5, 4, 1.5)],
  [INK, disc(4.5, 4, 0.6)],
  [PAPER, disc(4.5, 8, 1.5)],
  [INK, disc(4.5, 8, 0.6)],
  [OCHRE, disc(4.5, 12, 2.1)],
  [PAPER, box(8, 3, 14, 5, 0.6)],
  [PAPER, box(8, 7, 12, 9, 0.6)],
  [OCHRE, box(8, 11, 14, 13, 0.6)],
];
const SAMPLES = 8; // a side, for each pixel: smooth edges

/** A PNG of `size` pixels a side. */
export function drawIcon(size) {
  const rows = Array.from({ length: size }, (_, y) => [0, ...Array.from({ length: size }, (_, x) => pixel(x, y, size)).flat()]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits a channel, red green blue alpha
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.from(rows.flat()))), chunk("IEND", Buffer.alloc(0))]);
}

function pixel(x, y, size) {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const at = [x + ((i % SAMPLES) + 0.5) / SAMPLES, y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES].map((v) => (v * 16) / size);
    const painted = SHAPES.findLast(([, holds]) => holds(...at));
    if (!painted) continue;
    covered++;
    painted[0].forEach((value, channel) => (sum[channel] += value));
  }
  return [...sum.map((value) => Math.round(value / Math.max(1, covered))), Math.round((255 * covered) / SAMPLES ** 2)];
}

function disc(cx, cy, radius) {
  return (x, y) => Math.hypot(x - cx, y - cy) <= radius;
}

function box(left, top, right, bottom, radius) {
  return (x, y) => {
    const dx = Math.max(left + radius - x, 0, x - (right - radius));
    const dy = Math.max(top + radius - y, 0, y - (bottom - radius));
    return x >= left && x <= right && y >= top && y <= bottom && Math.hypot(dx, dy) <= radius;
  };
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
