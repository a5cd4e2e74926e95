/** Whether version `a` comes after `b`, both of three numbers; what stands behind them, as in `1.0.0-beta`, is left alone. */
export function isNewer(a: string, b: string): boolean {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
}

function numbersOf(version: string): number[] {
  return (version.match(/^\d+\.\d+\.\d+/)?.[0] ?? '0.0.0').split('.').map(Number);
}
