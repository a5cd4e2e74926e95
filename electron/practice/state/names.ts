/** The fictional account, in listing order. The first is the practice user, the second owns the account. */
export const names: readonly (readonly [first: string, last: string, dept: string, job: string])[] = [
  ['Robin', 'Ashdown', 'Product', 'Product manager'],
  ['Marguerite', 'Delacroix-Hahn', 'Management', 'Managing director'],
  ['Tobias', 'Ekström', 'IT', 'Systems administrator'],
  ['Amara', 'Okonjo', 'Product', 'Executive assistant'],
  ['Jun', 'Takemori', 'Product', 'Team assistant'],
  ['Priya', 'Raghunathan', 'Engineering', 'Head of engineering'],
  ['Seamus', 'Gallery', 'Sales', 'Head of sales'],
  ['Ilse', 'Vanderwal', 'Engineering', 'Software engineer'],
  ['Mateo', 'Quiroga', 'Engineering', 'Software engineer'],
  ['Hana', 'Novotná', 'Engineering', 'Test engineer'],
  ['Kwame', 'Boadi', 'Engineering', 'Site reliability engineer'],
  ['Linnea', 'Sjöholm', 'Design', 'Designer'],
  ['Farid', 'Benhaddou', 'Design', 'Design lead'],
  ['Chiara', 'Montefusco', 'Marketing', 'Marketing manager'],
  ['Oskar', 'Wielgosz', 'Marketing', 'Copywriter'],
  ['Nadia', 'Petrenko', 'Marketing', 'Event planner'],
  ['Benedict', 'Thorne-Avery', 'Finance', 'Controller'],
  ['Yara', 'Haddad', 'Finance', 'Accountant'],
  ['Luc', 'Berthelot', 'Finance', 'Purchasing'],
  ['Mei-Ling', 'Zhao', 'People', 'Head of people'],
  ['Duncan', 'Macready', 'People', 'Recruiter'],
  ['Soledad', 'Ibarra', 'Support', 'Support lead'],
  ['Eino', 'Lahtinen', 'Support', 'Support engineer'],
  ['Zanele', 'Mthembu', 'Support', 'Support engineer'],
  ['Piotr', 'Zawadzki', 'Support', 'Support engineer'],
  ['Freya', 'Halvorsen', 'Sales', 'Account executive'],
  ['Caleb', 'Winterbourne', 'Sales', 'Account executive'],
  ['Anjali', 'Deshpande', 'Sales', 'Sales engineer'],
  ['Rui', 'Carvalhal', 'Sales', 'Partner manager'],
  ['Noor', 'van Dongen', 'Legal', 'Counsel'],
  ['Gideon', 'Abramov', 'Legal', 'Paralegal'],
  ['Tuuli', 'Kask', 'Engineering', 'Data engineer'],
  ['Emeka', 'Nwosu', 'Engineering', 'Security engineer'],
  ['Beatrix', 'Lindqvist', 'Research', 'Researcher'],
  ['Hugo', 'Santillana', 'Research', 'Researcher'],
  ['Saoirse', 'Brannigan', 'Operations', 'Office manager'],
  ['Viktor', 'Drăgan', 'Operations', 'Facilities'],
  ['Board', 'Room', 'Operations', 'Meeting room'],
  ['Calendar', 'Sync', 'IT', 'Service account'],
  ['Wren', 'Castellane', 'Design', 'Intern'],
];

/** An e-mail's local part: plain ASCII, as the account's addresses are. */
export function localPart(first: string, last: string): string {
  return `${first}.${last}`
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z.-]/g, '')
    .toLowerCase();
}
