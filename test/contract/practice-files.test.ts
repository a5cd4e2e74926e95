import { describe, expect, it } from 'vitest';
import { sniff } from '../../electron/practice/handlers/files.ts';
import { isOtherKind, type MediaFacts, mediaKinds } from '../../shared/media.ts';
import { corpus } from '../support/media-corpus-odd.ts';
import { withPractice } from '../support/practice-client.ts';

const files = await corpus();

describe('the practice Zoom', () => {
  it('takes whatever Tally says it takes, as what Tally says it is', () => {
    for (const { name, bytes, expect: said } of files) {
      const facts = said.fit === 'no' ? {} : (said.facts as { readonly kind?: MediaFacts['kind'] });
      if (!facts.kind) continue;
      // What Tally makes another picture of, Zoom does not take.
      const type = isOtherKind(facts.kind) ? undefined : mediaKinds[facts.kind].type;
      expect(sniff(bytes), name).toBe(type);
    }
  });

  it('takes nothing that Tally calls another kind of file', () => {
    // Of these only what is inside tells, which first bytes do not.
    const inside = /^(?:rare\.jpg|skip\.txt|app-icon\.png|a\.3gp|nine\.3gp)$/;
    const others = files.filter(({ expect: said }) => said.fit === 'no' && said.code === 'type');
    expect(others.length).toBeGreaterThan(20);
    for (const { name, bytes } of others.filter((one) => !inside.test(one.name)))
      expect(sniff(bytes), name).toBeUndefined();
  });

  it.each([
    ['first-skip.mov', 201],
    ['no-label.mov', 201],
    ['phone.mp4', 201],
    ['a.heic', 400],
    ['404.jpg', 400],
  ])('answers an upload of %s with %i', async (name, status) => {
    const file = files.find((one) => one.name === name);
    if (!file) throw new Error(name);
    await withPractice({}, async (rig) => {
      const answer = await rig.call('uploadVBuser', { file });
      expect(answer.status).toBe(status);
      if (status === 201) expect(answer.json).toMatchObject({ type: 'video' });
    });
  });
});
