/** The beginning of a PNG, which is all that a stand-in reads of one; `bytes` is the size of the file. */
export function png(width: number, height: number, bytes = 200): Buffer<ArrayBuffer> {
  const file = Buffer.alloc(bytes)
  file.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')
  file.writeUInt32BE(width, 16)
  file.writeUInt32BE(height, 20)
  return file
}

/** The beginning of a GIF. */
export function gif(width: number, height: number): Buffer<ArrayBuffer> {
  const file = Buffer.alloc(20)
  file.write('GIF89a', 'latin1')
  file.writeUInt16LE(width, 6)
  file.writeUInt16LE(height, 8)
  return file
}
