/** What people call secrets; within a longer name `pin`, `pwd` and `zak` count as words of their own alone. */
const secretWords =
  /pass_?(word|code|phrase)|secret|token|host_?key|(?:^|[._:-])(?:pin|pwd|zak)(?:[._:-]|$)/i;

/** Whether a name is one that somebody might give a secret. */
export const soundsSecret = (name: string) => secretWords.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'));
