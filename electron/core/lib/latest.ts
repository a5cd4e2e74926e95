/** Gives what begins something and makes all that began before it old news: the function it gives tells whether it still is the latest. */
export function createLatest(): () => () => boolean {
  let turn = 0;
  return () => {
    turn += 1;
    const mine = turn;
    return () => mine === turn;
  };
}
