import { operations } from '../../../shared/zoom/operations.gen.ts';
import { day } from '../clock.ts';
import { refused, ZoomError } from '../errors.ts';
import { limitMessages } from '../limits.ts';
import { role } from '../state/person.ts';
import { findPerson } from '../world.ts';
import { type HandlersFor, noContent, ok } from './call.ts';
import { brokenPasswordRule } from './rules.ts';

/** Changes of a password that are taken in 24 hours. */
const passwordChanges = 3;

/** Zoom's sign-in by work e-mail, the only one with a password. */
const workEmail = 100;

export const account: HandlersFor<'userEmail' | 'userVanityName' | 'userEmailUpdate' | 'userPassword'> = {
  userEmail: ({ world, query }) => {
    const person = findPerson(world, query.email);
    // Only who signs in with e-mail and password counts, in this account alone.
    return ok({ existed_email: person?.loginType === workEmail });
  },

  userVanityName: ({ world, query }) => {
    const wanted = query.vanity_name.toLowerCase();
    return ok({ existed: world.people.some((one) => one.vanityName.toLowerCase() === wanted) });
  },

  userEmailUpdate: ({ world, person, owner, body }) => {
    if (world.account.adminOnly.includes('email') && owner.roleId === role.member) {
      throw refused(200, 'Only an account administrator can change email.');
    }
    if (person !== owner && person.roleId !== role.member)
      throw refused(1000, 'Admin can not change other admins email.');
    const holder = findPerson(world, body.email);
    if (holder && holder !== person)
      throw new ZoomError(409, 1005, `Email "${body.email}" has already been used.`);
    const { label, perDayLimit: count } = operations.userEmailUpdate;
    const message = limitMessages.userDay(count, 'email changes for this user');
    world.limits.use({ key: `email ${person.id}`, count, windowMs: day, label, message });
    person.email = body.email;
    return noContent;
  },

  userPassword: ({ world, person, body }) => {
    if (person.roleId !== role.member)
      throw refused(1117, "An administrator's password cannot be changed this way.");
    if (person.loginType !== workEmail) throw refused(1123, 'The user does not sign in with a work email.');
    if (body.password === person.password) throw refused(300, 'The new password is the same as the old one.');
    if (person.formerPasswords.includes(body.password)) throw refused(1129, 'The password was used before.');
    const broken = brokenPasswordRule(body.password);
    if (broken) throw refused(broken.code, broken.message);
    const changes = person.passwordChanges.filter((at) => at > world.clock.now() - day);
    // Not a 429 at Zoom, so it holds without limits too.
    if (changes.length >= passwordChanges)
      throw refused(300, 'The password was changed too many times in 24 hours.');
    person.passwordChanges = [...changes, world.clock.now()];
    person.formerPasswords.push(person.password);
    person.password = body.password;
    return noContent;
  },
};
