import { describe, expect, it } from 'vitest';
import { type QueueEvent, reduceQueue } from '../../../../electron/core/backgrounds/queue.ts';
import { nextDeadline } from '../../../../electron/core/backgrounds/queue-plan.ts';
import {
  initialQueue,
  type QueueState,
  viewUpload,
} from '../../../../electron/core/backgrounds/queue-state.ts';
import { viewQueue } from '../../../../electron/core/backgrounds/view.ts';
import type { ListedFile } from '../../../../shared/backgrounds.ts';
import { tallyError } from '../../../../shared/errors.ts';
import type { MediaFacts } from '../../../../shared/media.ts';

const start = Date.UTC(2026, 0, 15, 9);

const facts: MediaFacts = { kind: 'png', type: 'image', bytes: 100, width: 8, height: 8 };
const allowed = { enabled: true, upload: true, videos: true };
const listedFile = (id: string): ListedFile => ({
  id,
  name: `${id}.png`,
  bytes: 5,
  type: 'image',
  isDefault: false,
});

/** A queue that is driven by hand. */
function queue(contents = new Map<string, string>()) {
  let state: QueueState = initialQueue(contents);
  let now = start;
  const send = (event: QueueEvent) => {
    state = reduceQueue(state, event, now);
  };
  const upload = (index: number) => {
    const found = state.uploads[index];
    if (!found) throw new Error(`no upload ${index}`);
    return found;
  };
  const job = (index: number) => {
    const { id, job: running } = upload(index);
    return { id, run: running?.run ?? -1 };
  };
  return {
    send,
    upload,
    job,
    state: () => state,
    phases: () => state.uploads.map((one) => one.phase),
    jobs: () => state.uploads.map((one) => one.job?.kind),
    pass: (ms: number) => {
      now += ms;
      send({ type: 'tick' });
    },
    list: (...ids: string[]) => {
      const { round } = state.list;
      send({ type: 'listed', listing: { files: ids.map(listedFile), allowed }, round, askedAt: now });
    },
    fits: (index: number, sha256 = `${index}`.repeat(64), name = `${index}.png`) =>
      send({
        ...job(index),
        type: 'inspected',
        outcome: { verdict: { fit: 'yes', facts, notes: [] }, name, print: { sha256, size: 100 } },
      }),
  };
}

const offline = tallyError('network', 'Zoom couldn’t be reached.');

describe('turned pictures that were dropped together', () => {
  const print = (index: number) => ({ sha256: `${index}`.repeat(64), size: 100 });
  function turned(items: ReturnType<typeof queue>, index: number): void {
    const plan = { kind: 'turn', targetBytes: 1_000 } as const;
    const verdict = {
      fit: 'yes',
      facts,
      notes: [],
      offer: { plan, words: 'It may lie on its side.' },
    } as const;
    items.send({
      ...items.job(index),
      type: 'inspected',
      outcome: { verdict, name: `${index}.jpg`, print: print(index) },
    });
  }
  const asked = (items: ReturnType<typeof queue>) =>
    viewQueue(items.state(), {
      has: () => false,
      path: (sha256) => sha256,
      put: async () => false,
    }).queue.map(({ question }) => (question?.kind === 'fixable' ? question.alike : undefined));

  it('are one question: how many ask the same is told, and one answer is that of all, also of those still looked at', () => {
    const items = queue();
    items.send({ type: 'add', paths: ['/1.jpg', '/2.jpg', '/3.jpg', '/4.jpg'] });
    turned(items, 0);
    expect(asked(items)).toEqual([undefined, undefined, undefined, undefined]);
    turned(items, 1);
    expect(asked(items)).toEqual([1, 1, undefined, undefined]);
    items.send({ type: 'answer-turned', answer: 'send' });
    items.list();
    turned(items, 2);
    items.fits(3);
    expect(items.state().uploads.map(({ question, made }) => [question, made])).toEqual(
      Array(4).fill([undefined, undefined]),
    );
    expect(items.phases()).not.toContain('question');
  });

  it('are made upright, or skipped, all of them, and no other question is answered by that', () => {
    const items = queue();
    items.send({ type: 'add', paths: ['/1.jpg', '/2.jpg', '/3.jpg'] });
    turned(items, 0);
    turned(items, 1);
    items.fits(2, '0'.repeat(64));
    expect(items.phases()).toEqual(['question', 'question', 'question']);
    items.send({ type: 'answer-turned', answer: 'fix' });
    expect(items.state().uploads.map(({ agreed }) => agreed)).toEqual([true, true, undefined]);
    expect(items.phases()[2]).toBe('question');
    const others = queue();
    others.send({ type: 'add', paths: ['/1.jpg', '/2.jpg'] });
    turned(others, 0);
    others.send({ type: 'answer-turned', answer: 'skip' });
    turned(others, 1);
    expect(others.phases()).toEqual(['cancelled', 'cancelled']);
  });
});

describe('looking at files', () => {
  it('says why Zoom may refuse a file until Zoom took it', () => {
    const { send, upload, job, list } = queue();
    send({ type: 'add', paths: ['/home/me/a.mp4'] });
    const verdict = { fit: 'yes', facts, notes: ['Seen.'], doubts: ['Zoom may refuse this.'] } as const;
    const print = { sha256: 'a'.repeat(64), size: 100 };
    send({ ...job(0), type: 'inspected', outcome: { verdict, name: 'a.mp4', print } });
    expect(viewUpload(upload(0), undefined).notes).toEqual(['Seen.', 'Zoom may refuse this.']);
    list();
    send({ ...job(0), type: 'sent', file: listedFile('a') });
    expect(viewUpload(upload(0), undefined)).toMatchObject({ state: 'done', notes: ['Seen.'] });
  });

  it('shows a name in the order in which it is written, also when the file is refused', () => {
    const { send, upload, job } = queue();
    send({ type: 'add', paths: ['/home/me/photo\u202egpj.exe', '/home/me/\u200b'] });
    expect(upload(0).name).toBe('photogpj.exe');
    expect(upload(1).name).toBe('Without a name');
    const problem = { code: 'type', words: 'This is an EXE file.' } as const;
    send({ ...job(0), type: 'inspected', outcome: { verdict: { fit: 'no', problem } } });
    expect(upload(0)).toMatchObject({ phase: 'refused', name: 'photogpj.exe' });
  });

  it('is done for two at a time, in order', () => {
    const q = queue();
    q.send({ type: 'add', paths: ['/a.png', '/b.png', '/c.png'] });
    expect(q.jobs()).toEqual(['inspect', 'inspect', undefined]);
    q.fits(1);
    expect(q.jobs()).toEqual(['inspect', undefined, 'inspect']);
  });

  it('ignores the outcome of a look that was called off', () => {
    const q = queue();
    q.send({ type: 'add', paths: ['/a.png'] });
    const old = q.job(0);
    q.send({ type: 'cancel', id: old.id });
    q.send({ type: 'retry', id: old.id });
    expect(q.job(0).run).not.toBe(old.run);
    q.send({ ...old, type: 'unfit', error: tallyError('file', 'Old news.') });
    expect(q.phases()).toEqual(['inspecting']);
  });

  it('notices a file that changed between its two looks', () => {
    const q = queue();
    q.send({ type: 'add', paths: ['/a.png'] });
    const print = { sha256: 'a', size: 101 };
    const verdict = { fit: 'yes', facts, notes: [] } as const;
    q.send({ ...q.job(0), type: 'inspected', outcome: { verdict, name: 'a.png', print } });
    expect(q.upload(0)).toMatchObject({ phase: 'failed', error: { kind: 'file', action: 'retry' } });
  });

  it('asks every question before it makes anything fit, and keeps an early yes', () => {
    const q = queue();
    q.send({ type: 'add', paths: ['/a.png', '/b.png', '/c.png'] });
    const verdict = {
      fit: 'fixable',
      facts,
      problem: { code: 'too-large', words: 'Too large.' },
      plan: { kind: 'shrink', targetBytes: 50 },
      words: 'It can be made smaller.',
    } as const;
    const print = { sha256: 'a', size: 100 };
    q.send({ ...q.job(0), type: 'inspected', outcome: { verdict, name: 'a.png', print } });
    expect(q.jobs()).toEqual([undefined, 'inspect', 'inspect']);
    q.send({ type: 'answer', id: q.upload(0).id, answer: 'fix' });
    expect(q.phases()[0]).toBe('inspecting');
    q.fits(1);
    expect(q.jobs()).toEqual(['make', undefined, 'inspect']);
    const file = {
      path: '/made',
      name: 'a.jpg',
      print: { sha256: 'f', size: 40 },
      facts: { ...facts, bytes: 40 },
    };
    q.send({ ...q.job(0), type: 'made', file });
    expect(q.upload(0)).toMatchObject({ phase: 'waiting', path: '/made', name: 'a.jpg', bytes: 40 });
  });
});

describe('sending', () => {
  it('waits for Zoom’s list, and two files that the list could not tell apart are not sent at once', () => {
    const q = queue();
    q.send({ type: 'add', paths: ['/x/same.png', '/y/same.png'] });
    q.fits(0, 'a', 'same.png');
    q.fits(1, 'b', 'same.png');
    expect(q.phases()).toEqual(['waiting', 'waiting']);
    expect(q.state().list.asking).toBe(true);
    q.list();
    expect(q.jobs()).toEqual(['send', undefined]);
    q.send({ ...q.job(0), type: 'sent', file: { ...listedFile('new'), name: 'same.png', bytes: 100 } });
    expect(q.jobs()).toEqual([undefined, 'send']);
  });

  it('drops a list that was asked for before the last upload was done', () => {
    const q = queue();
    q.send({ type: 'add', paths: ['/a.png'] });
    q.fits(0);
    q.list('old');
    q.send({ type: 'refresh' });
    const { round } = q.state().list;
    q.send({ ...q.job(0), type: 'sent', file: { ...listedFile('new'), name: '0.png' } });
    q.send({ type: 'listed', listing: { files: [listedFile('old')], allowed }, round, askedAt: start });
    expect(q.state().list.files.map((file) => file.id)).toEqual(['old', 'new']);
    expect(q.state().list).toMatchObject({ asking: true, round: round + 1 });
  });

  it('believes the list for a minute', () => {
    const q = queue();
    q.send({ type: 'refresh' });
    q.list();
    q.pass(61_000);
    q.send({ type: 'add', paths: ['/a.png'] });
    q.fits(0);
    expect(q.jobs()).toEqual([undefined]);
    expect(q.state().list.asking).toBe(true);
    q.list();
    expect(q.jobs()).toEqual(['send']);
  });

  it('after an unclear failure takes the new file of that name and size for its own, and no other', () => {
    const q = queue();
    q.send({ type: 'add', paths: ['/a.png'] });
    q.fits(0, 'a', 'a.png');
    q.list('a');
    q.send({ ...q.job(0), type: 'not-sent', error: offline, reached: 'perhaps' });
    expect(q.phases()).toEqual(['checking']);
    q.list('a', 'b');
    expect(q.phases()).toEqual(['failed']);
    q.send({ type: 'refresh' });
    const { round } = q.state().list;
    const late = { ...listedFile('c'), name: 'a.png', bytes: 100 };
    q.send({ type: 'listed', listing: { files: [late], allowed }, round, askedAt: start });
    expect(q.upload(0)).toMatchObject({ phase: 'done', fileId: 'c' });
    expect(q.state().contents.get('c')).toBe('a');
  });

  it('after an unclear failure is never begun again by itself', () => {
    const q = queue();
    q.send({ type: 'add', paths: ['/a.png'] });
    q.fits(0);
    q.list();
    q.send({ ...q.job(0), type: 'not-sent', error: tallyError('zoom-down', 'Trouble.'), reached: 'perhaps' });
    q.list();
    q.send({ type: 'online' });
    q.pass(3_600_000);
    expect(q.upload(0)).toMatchObject({ phase: 'failed', error: { action: 'retry' } });
    expect(q.jobs()).toEqual([undefined]);
  });
});

describe('holds', () => {
  it('end at their time, or at once when the connection is back', () => {
    const q = queue();
    q.send({ type: 'add', paths: ['/a.png'] });
    q.fits(0);
    q.send({ type: 'not-listed', error: offline });
    expect(q.state().hold).toEqual({ why: 'offline', since: start, until: start + 5_000 });
    expect(nextDeadline(q.state())).toBe(start + 5_000);
    q.pass(4_999);
    expect(q.state().list.asking).toBe(false);
    q.pass(1);
    expect(q.state().list.asking).toBe(true);
    q.send({ type: 'not-listed', error: offline });
    expect(q.state().hold?.until).toBe(start + 15_000);
    q.send({ type: 'online' });
    expect(q.state().hold).toBeUndefined();
    expect(q.state().list.asking).toBe(true);
  });

  it('do not outlast a clock that is set back', () => {
    const q = queue();
    q.send({ type: 'add', paths: ['/a.png'] });
    q.fits(0);
    q.send({ type: 'not-listed', error: offline });
    q.pass(-3_600_000);
    expect(q.state().hold).toBeUndefined();
  });

  it('need nobody who waits: a list that is only looked at just fails', () => {
    const q = queue();
    q.send({ type: 'refresh' });
    q.send({ type: 'not-listed', error: offline });
    expect(q.state().hold).toBeUndefined();
    expect(q.state().list).toMatchObject({ phase: 'failed', error: offline });
  });
});
