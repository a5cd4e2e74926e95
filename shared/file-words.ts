const fileTypes: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPG',
  'image/png': 'PNG',
  'image/gif': 'GIF',
  'video/mp4': 'MP4',
  'video/quicktime': 'MOV',
};

/** Media types as people call them: "JPG, PNG or GIF". */
export function typeNames(mediaTypes: readonly string[]): string {
  const names = mediaTypes.map((type) => fileTypes[type] ?? type);
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
}

/** A size in MB (1024 times 1024 bytes, as Zoom counts its limits) or, when small, in bytes. */
export function fileSize(bytes: number): string {
  const mega = bytes / (1024 * 1024);
  const format = (value: number, unit: string, digits: number) =>
    new Intl.NumberFormat('en', { style: 'unit', unit, maximumFractionDigits: digits }).format(value);
  return mega < 0.1 ? format(bytes, 'byte', 0) : format(Math.ceil(mega * 100) / 100, 'megabyte', 2);
}
