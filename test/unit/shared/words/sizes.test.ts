import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dimensionWords, sizeWords } from '../../../../shared/words/sizes.ts';

describe('sizes in words', () => {
  it.each([
    [0, '0 kB'],
    [1, '1 kB'],
    [812_000, '812 kB'],
    [999_000, '999 kB'],
    [999_001, '1 MB'],
    [2_000_000, '2 MB'],
    [2_000_001, '2.1 MB'],
    [4_200_000, '4.2 MB'],
    [15_000_000, '15 MB'],
    [15_728_640, '15.8 MB'],
    [15_800_000, '15.8 MB'],
    [999_900_000, '999.9 MB'],
    [999_900_001, '1 GB'],
    [1_234_500_000, '1.3 GB'],
    [20_000_000_005, '20.1 GB'],
  ])('%d bytes are "%s"', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });

  it('are written as Intl writes them in English, and never say less than there is', () => {
    const format = (unit: string) =>
      new Intl.NumberFormat('en-US', { style: 'unit', unit, maximumFractionDigits: 1 });
    const units = {
      kB: { size: 1e3, step: 1e3, format: format('kilobyte') },
      MB: { size: 1e6, step: 1e5, format: format('megabyte') },
      GB: { size: 1e9, step: 1e8, format: format('gigabyte') },
    };
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        const words = sizeWords(bytes);
        const [count = '', unit] = words.split(' ');
        const number = Number(count.replaceAll(',', ''));
        const { size, step, format } = units[unit as keyof typeof units];
        expect(format.format(number)).toBe(words);
        // What a number of this size can tell apart.
        const said = number * size;
        expect(said).toBeGreaterThanOrEqual(bytes - 1);
        expect(said - bytes).toBeLessThan(step + 2);
      }),
    );
  });

  it('are of a picture as it is seen, also where it lies on its side', () => {
    expect(dimensionWords({ width: 1920, height: 1080 })).toBe('1,920 × 1,080');
    expect(dimensionWords({ width: 640, height: 12_345_678, orientation: 6 })).toBe('12,345,678 × 640');
    expect(dimensionWords({ width: 640, height: 480, orientation: 3 })).toBe('640 × 480');
  });
});
