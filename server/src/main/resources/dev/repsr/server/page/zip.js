// A zip file of files that are compressed already.

const TABLE = new Uint32Array(256).map((_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

export function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function record(size, fill) {
  const view = new DataView(new ArrayBuffer(size));
  fill(view);
  return new Uint8Array(view.buffer);
}

/** Names that are given twice get a number. */
export function unique(names) {
  const seen = new Map();
  return names.map(name => {
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    if (times === 0) return name;
    const dot = name.lastIndexOf('.');
    return `${name.slice(0, dot)} (${times + 1})${name.slice(dot)}`;
  });
}

/** Makes a zip of files with name and blob. */
export async function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  const names = unique(files.map(file => file.name));
  for (let i = 0; i < files.length; i++) {
    const bytes = new Uint8Array(await files[i].blob.arrayBuffer());
    const name = new TextEncoder().encode(names[i]);
    const crc = crc32(bytes);
    const common = (view, at) => {
      view.setUint16(at, 20, true);
      view.setUint16(at + 2, 0x0800, true);
      view.setUint16(at + 8, 0x21, true);
      view.setUint32(at + 10, crc, true);
      view.setUint32(at + 14, bytes.length, true);
      view.setUint32(at + 18, bytes.length, true);
      view.setUint16(at + 22, name.length, true);
    };
    const local = record(30, view => {
      view.setUint32(0, 0x04034b50, true);
      common(view, 4);
    });
    directory.push(record(46, view => {
      view.setUint32(0, 0x02014b50, true);
      view.setUint16(4, 20, true);
      common(view, 6);
      view.setUint32(42, offset, true);
    }), name);
    parts.push(local, name, bytes);
    offset += local.length + name.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = record(22, view => {
    view.setUint32(0, 0x06054b50, true);
    view.setUint16(8, files.length, true);
    view.setUint16(10, files.length, true);
    view.setUint32(12, size, true);
    view.setUint32(16, offset, true);
  });
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}
