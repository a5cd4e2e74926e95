import { expectAccessible } from '../support/desktop/accessible.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { openAt } from '../support/desktop/open.ts';
import { expect, test } from '../support/desktop/tally.ts';
import type { ZoomControl } from '../support/desktop/zoom.ts';

const userUpdate = { operationId: 'userUpdate' } as const;

const openProfile = (tally: RunningTally) =>
  openAt(tally, 'Profile', ({ profileFields }) => profileFields.field('Job title'));

/** The bodies of all changes of the profile that Zoom took. */
async function patches(zoom: ZoomControl): Promise<unknown[]> {
  const taken = (await zoom.requests()).filter(
    ({ operationId, status }) => operationId === userUpdate.operationId && status === 204,
  );
  return taken.map(({ body }) => body);
}

test('fields are edited in place; only what changed is sent, in one call, and Undo takes it back', async ({
  launch,
  zoom,
}) => {
  const window = await openProfile(await launch());
  const { profileFields: profile } = window;
  const [title, location] = [profile.field('Job title'), profile.field('Location')];
  const before = [await title.inputValue(), await location.inputValue()];
  await title.fill('Bridge builder');
  await location.fill('Tromsø, 北京 and ירושלים');
  await expect(profile.changes()).toContainText('2 changes');
  await expectAccessible(window);
  expect(await patches(zoom)).toEqual([]);
  await profile.save();
  await expect(profile.changes()).toBeHidden();
  expect(await patches(zoom)).toEqual([
    { job_title: 'Bridge builder', location: 'Tromsø, 北京 and ירושלים' },
  ]);
  await profile.undo();
  await expect(title).toHaveValue(before[0] ?? '');
  expect((await patches(zoom))[1]).toEqual({ job_title: before[0], location: before[1] });
});

test('what is typed outlasts the window, a kill and a restart', async ({ launch, zoom }) => {
  const first = await launch();
  const window = await openProfile(first);
  await window.profileFields.field('Company').fill('Fjord & Sons');
  await expect(window.profileFields.changes()).toContainText('1 change');
  await first.kill();
  const again = await openProfile(await launch({ userData: first.userData }));
  await expect(again.profileFields.field('Company')).toHaveValue('Fjord & Sons');
  await again.profileFields.save();
  await expect(again.profileFields.changes()).toBeHidden();
  expect(await patches(zoom)).toEqual([{ company: 'Fjord & Sons' }]);
});

test('without a connection nothing is lost; what an administrator keeps is shown locked, in Zoom’s words', async ({
  launch,
  zoom,
}) => {
  const { profileFields: profile } = await openProfile(await launch());
  await profile.field('Job title').fill('Pilot');
  await zoom.fault({ kind: 'rate-limit', variant: 'daily' }, userUpdate);
  await profile.save();
  await expect(profile.page.getByRole('main').getByRole('alert')).toContainText(/limit/i);
  await expect(profile.field('Job title')).toHaveValue('Pilot');

  await zoom.patch({ roleId: '2', adminOnly: ['name'] });
  await profile.field('First name').fill('Robyn');
  await profile.save();
  await expect
    .poll(() => profile.words('First name'))
    .toContain("Only an account administrator can change a user's name.");
  expect(await patches(zoom)).toEqual([{ job_title: 'Pilot' }]);
});

test('a change at Zoom meanwhile is shown, and nothing is sent before the person has chosen', async ({
  launch,
  practice,
  zoom,
}) => {
  const { profileFields: profile } = await openProfile(await launch());
  await profile.field('Job title').fill('Mine');
  await expect(profile.changes()).toContainText('1 change');
  const { status } = await fetch(`${practice.apiUrl}/users/me`, {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${practice.accessToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ job_title: 'Theirs' }),
  });
  expect(status).toBe(204);
  await profile.save();
  await profile.resolve('Job title', 'Keep mine');
  expect(await patches(zoom)).toEqual([{ job_title: 'Theirs' }]);
  await profile.save();
  await expect(profile.changes()).toBeHidden();
  expect((await patches(zoom))[1]).toEqual({ job_title: 'Mine' });
});

test('limits are told while one types; a name of the personal room is looked up once it rests', async ({
  launch,
  zoom,
}) => {
  const { profileFields: profile } = await openProfile(await launch());
  await profile.field('First name').fill('x'.repeat(65));
  await expect.poll(() => profile.words('First name')).toMatch(/too many|At most 64/);
  await profile.discard();
  await profile.field('Personal room name').fill('nobody.has.this.name');
  await expect(profile.availability('This name is free.')).toBeVisible();
  const asked = await zoom.requests('userVanityName');
  expect(asked).toHaveLength(1);
});

test('time zone, language, telephone and instant meetings', async ({ launch, zoom }) => {
  const { profileFields: profile } = await openProfile(await launch());
  await profile.pick('Time zone', 'Tokyo');
  await profile.addPhone('555 0100', 'Office');
  await profile.instantMeetings().locator('xpath=ancestor-or-self::label').click();
  await expect(profile.changes()).toContainText('3 changes');
  await profile.save();
  await expect(profile.changes()).toBeHidden();
  const [body] = (await patches(zoom)) as { timezone: string; phone_numbers: { number: string }[] }[];
  expect(Object.keys(body ?? {}).sort()).toEqual(['phone_numbers', 'timezone', 'use_pmi']);
  expect(body?.timezone).toBe('Asia/Tokyo');
  expect(body?.phone_numbers.at(-1)).toMatchObject({
    number: expect.stringMatching(/555 ?0100/),
    label: 'Office',
  });
  await expect(profile.phoneNumbers()).toHaveCount(3);
  await expect(profile.phonesFull()).toHaveText('Zoom takes 3 numbers at most.');
  await expect(profile.addPhoneButton()).toHaveAttribute('aria-disabled', 'true');
});

test('a first phone number is taken back; of pronouns that nobody had chosen to show no undo is offered', async ({
  launch,
  practice,
  zoom,
}) => {
  await zoom.patch({ pronounsOption: 0 });
  const { status } = await fetch(`${practice.apiUrl}/users/me`, {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${practice.accessToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ phone_numbers: [] }),
  });
  expect(status).toBe(204);
  const { profileFields: profile } = await openProfile(await launch());
  await expect(profile.phoneNumbers()).toHaveCount(0);
  await profile.addPhone('555 0100', 'Mobile');
  await profile.save();
  await expect(profile.saved()).toContainText('Phone numbers');
  await profile.undo();
  await expect(profile.phoneNumbers()).toHaveCount(0);
  await expect(profile.saved()).toBeHidden();
  expect((await patches(zoom)).at(-1)).toEqual({ phone_numbers: [] });
  await profile.choosePronounsAudience('Nobody');
  await profile.save();
  await expect(profile.changes()).toBeHidden();
  expect((await patches(zoom)).at(-1)).toEqual({ pronouns_option: 3 });
  await expect(profile.saved()).toBeHidden();
});

test('what one wants is at hand; assistants are added, and removed all at once only by typing one’s address', async ({
  launch,
  practice,
  zoom,
}) => {
  const window = await openProfile(await launch());
  const { profileFields: profile, delegates } = window;
  await expect(profile.atHand()).toContainText(practice.email);
  await expect(profile.atHand()).toContainText('/j/');
  await profile.checkEmail(practice.email);
  await expect(profile.emailAnswer()).not.toBeEmpty();

  await delegates.add('nobody@practice.example');
  await expect(delegates.problem()).toContainText('nobody@practice.example');
  await delegates.askRemoveAll('Assistants');
  await expect(delegates.confirmButton()).toBeDisabled();
  await delegates.confirmField().fill(practice.email);
  await delegates.confirmButton().click();
  await expect(delegates.people('Assistants')).toHaveCount(0);
  const removed = await zoom.requests('userAssistantsDelete');
  expect(removed.map(({ status }) => status)).toEqual([204]);
  await expectAccessible(window);
});
