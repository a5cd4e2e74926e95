const accents: Readonly<Record<string, string>> = {
  ...{
    a: 'á',
    b: 'ƀ',
    c: 'ç',
    d: 'đ',
    e: 'é',
    f: 'ƒ',
    g: 'ğ',
    h: 'ĥ',
    i: 'í',
    j: 'ĵ',
    k: 'ķ',
    l: 'ļ',
    m: 'ɱ',
  },
  ...{
    n: 'ñ',
    o: 'ó',
    p: 'þ',
    q: 'ɋ',
    r: 'ŕ',
    s: 'š',
    t: 'ŧ',
    u: 'ú',
    v: 'ṽ',
    w: 'ŵ',
    x: 'ẋ',
    y: 'ý',
    z: 'ž',
  },
  ...{
    A: 'Á',
    B: 'Ɓ',
    C: 'Ç',
    D: 'Đ',
    E: 'É',
    F: 'Ƒ',
    G: 'Ğ',
    H: 'Ĥ',
    I: 'Í',
    J: 'Ĵ',
    K: 'Ķ',
    L: 'Ļ',
    M: 'Ṁ',
  },
  ...{
    N: 'Ñ',
    O: 'Ó',
    P: 'Þ',
    Q: 'Ɋ',
    R: 'Ŕ',
    S: 'Š',
    T: 'Ŧ',
    U: 'Ú',
    V: 'Ṽ',
    W: 'Ŵ',
    X: 'Ẋ',
    Y: 'Ý',
    Z: 'Ž',
  },
};

/** Each letter with an accent, and each vowel twice: about 40 % longer, in words as long as those of longer languages. */
const stretched = (text: string) =>
  text.replace(
    /[a-z]/gi,
    (letter) => accents[letter] + (/[aeiou]/i.test(letter) ? (accents[letter] ?? '') : ''),
  );

/** A text of the pseudo-locale. The values in it stay as they are, and are told from words by the isolation round them. */
export function longer(text: string, values: readonly string[] = []): string {
  const [value, ...rest] = values.filter((one) => /[a-z]/i.test(one)).sort((a, b) => b.length - a.length);
  if (value === undefined) return stretched(text);
  return text
    .split(value)
    .map((part) => longer(part, rest))
    .join(value.includes('\u2068') ? value : `\u2068${value}\u2069`);
}

/** The same of a text that was made elsewhere, whose values can only be told by the quotes or the isolation round them. */
export const longerAround = (text: string) =>
  longer(text, text.match(/“[^“”]*”|\u2068[^\u2068\u2069]*\u2069/g) ?? []);
