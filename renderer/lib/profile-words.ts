import type { ProfileField } from '../../shared/profile.ts';

/** What the fields of the profile are called. */
export const fieldWords: Readonly<Record<ProfileField, string>> = {
  first_name: 'First name',
  last_name: 'Last name',
  display_name: 'Display name',
  pronouns: 'Pronouns',
  pronouns_option: 'Who sees your pronouns',
  job_title: 'Job title',
  company: 'Company',
  dept: 'Department',
  location: 'Location',
  language: 'Language',
  timezone: 'Time zone',
  phone_numbers: 'Phone numbers',
  vanity_name: 'Personal room name',
  pmi: 'Personal Meeting ID',
  use_pmi: 'Instant meetings',
};
