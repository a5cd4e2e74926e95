import { plural, words } from '../language.ts';

interface CreateRequest {
  /** What the person would like to do, a line each; and the scopes for it. */
  readonly uses: string;
  readonly scopes: string;
  readonly site: string;
  readonly redirectUri: string;
  readonly isPublic: boolean;
}

export const accounts = words({
  inUse: 'In use',
  practice: 'Practice',
  usGovernment: 'US government',
  switchTo: 'Switch to this account',
  switchToOne: (name: string) => `Switch to this account: ${name}`,
  signOutOfPractice: 'Ends the practice account and takes it off this list.',
  signOutOfZoom: 'Signs out of Zoom and forgets this account on this computer.',
  signOut: 'Sign out',
  staySignedIn: 'Stay signed in',
  signOutOf: (name: string) => `Sign out: ${name}`,
  openYourApps: 'Open your Zoom apps',
  copyForAdministrator: 'Copy text for an administrator',
  welcome: 'Welcome to Tally',
  signedOutOf: (name: string) => `Signed out of ${name}.`,
  welcomeNote: 'Set your Zoom status from the tray. How do you want to begin?',
  yourAccount: 'Your Zoom account',
  signInWithZoom: 'Sign in with Zoom',
  connectZoom: 'Connect Zoom',
  setUpForYou: 'Your administrator has set everything up. Approve in the browser, and that’s all.',
  fourSteps: 'Four steps and a few minutes, once. Your sign-in stays in the keychain of this computer.',
  practiceNote: 'Everything works, nobody sees it: nothing leaves this computer.',
  practiceAccount: 'A practice account',
  tryPractice: 'Try a practice account',
  title: 'Accounts',
  welcomeBack: 'Welcome',
  isInUse: (name: string) => `${name} is in use.`,
  addAccount: 'Add an account',
  clientIdMissing: 'Paste the Client ID of your app.',
  clientIdIsAddress: 'This is an address. The Client ID is a short row of letters and digits.',
  clientIdIsEmail: 'This is an email address. The Client ID is under App Credentials.',
  clientIdHasSpaces: 'A Client ID has no spaces. Was more than the ID copied?',
  clientIdHasOdd: (characters: string) =>
    `A Client ID has no “${characters}”. It is made of letters, digits, dots, dashes and underscores.`,
  clientIdTooLong: 'This is too long for a Client ID.',
  secretMissing: 'Paste the client secret of your app, or untick the box above.',
  secretIsClientId: 'This is the Client ID again. The secret is below it.',
  secretTooLong: 'This is too long for a client secret.',
  addressMissing: 'Paste the address that the browser shows.',
  addressTooLong: 'This is too long to be the right address.',
  addressNotWhole: (start: string) => `This isn’t a whole address. Copy all of it, from ${start} on.`,
  addressOfOtherPage: (start: string) =>
    `This is another page. The right address begins with ${start}. Approve in Zoom first.`,
  addressEndMissing: 'The end of the address is missing. Copy all of it.',
  dropSetup: 'Drop the setup',
  connectNote:
    'Zoom requires a private app of your own. Setting it up takes about five minutes, once, or somebody gives you theirs.',
  notAllowed: 'Not allowed',
  cannotDoEverything: 'Tally doesn’t have permission to do everything here',
  notEnabled: (features: string) => `Not enabled: ${features}`,
  howToAllow: 'To allow what you want of this, add it in your Zoom app, under Scopes. Then sign in again.',
  allThatIsMissing: 'everything that is missing',
  zoomSite: 'Zoom',
  clientId: 'Client ID',
  comesBackTo: 'Comes back to',
  thisComputerInside: 'this computer',
  allows: 'Allows',
  scopes: (count: number) => plural(count, { one: `${count} scope`, other: `${count} scopes` }),
  clientSecret: 'Client secret',
  secretIncluded: 'comes with it, and goes to your keychain',
  secretNotIncluded: 'not included',
  bringBack: 'Bring the address back',
  browserCannotComeBack: 'Didn’t return to Tally?',
  addressOfPage: 'Address of that page',
  addressOfPageHelp:
    'Did Zoom stop you with an error? Paste what its page says, and Tally tells you what to do.',
  useAddress: 'Use this address',
  byHandFromWeb:
    'After you approve, the browser goes to the https page of your app. If you aren’t back in Tally then, copy the address from the browser’s address bar.',
  statusFeature: 'Status',
  statusDetail: 'See your status and set it',
  pictureFeature: 'Picture',
  pictureDetail: 'Change or remove your profile picture',
  backgroundsFeature: 'Backgrounds',
  backgroundsDetail: 'Add and remove virtual backgrounds',
  profileFeature: 'Profile',
  profileDetail: 'Change your name, job title, time zone and the like',
  settingsFeature: 'Settings',
  settingsDetail: 'See your Zoom settings and change them',
  startLinksFeature: 'Start links',
  startLinksDetail: 'Start your own meetings without signing in to Zoom',
  assistantsFeature: 'Assistants',
  assistantsDetail: 'Choose who may schedule meetings for you',
  accountFeature: 'Account',
  accountDetail: 'Change your email address or password, switch the account off or delete it',
  peopleFeature: 'Other people',
  peopleDetail: 'Look up whether an email address has a Zoom account',
  fromAdministrator: 'From your administrator',
  setupGiven: 'The setup you were given',
  dontUseSetup: 'Don’t use it',
  clientIdDoubtful:
    'The Client ID looks like a client secret. If Zoom doesn’t know it, ask for the setup again.',
  askForSecret:
    'Ask whoever gave you the setup. It goes to the keychain of this computer and to Zoom, nowhere else.',
  shareTitle: 'Use the same Zoom app on another computer, or with a colleague',
  includeSecret: 'Include the client secret',
  includeSecretDetail: 'Otherwise they’re asked for it.',
  copySetup: 'Copy setup for a colleague',
  saveSetup: 'Save as a file…',
  copyAddress: 'Copy the address',
  openBrowserAgain: 'Open the browser again',
  tryOpenBrowser: 'Try to open the browser',
  timeLeft: 'Time left',
  waitingInBrowser: 'Waiting for you in the browser',
  browserDidntOpen: 'The browser didn’t open',
  approveAndWait: 'Approve your app there. Tally continues automatically.',
  approveAndReturn: 'Approve your app there. Then come back here with the address.',
  copyAndOpen: 'Copy the address and open it in a browser on this computer. Tally is waiting.',
  portTaken: 'The port is taken',
  portTakenBy: (port: number | undefined) => `Another program uses port ${port}.`,
  portTakenNote:
    'So the browser can’t come back by itself. Close that program and start again, bring the address back by hand below, or give your app an https page to come back to.',
  useHttpsInstead: 'Use an https page instead',
  almostThere: 'Almost there',
  readingAccount: 'Tally is reading your account.',
  signInFailed: 'The sign-in didn’t work',
  zoomSays: (message: string) => `Zoom says: ${message}`,
  redirectOfSignIn: 'The redirect address of this sign-in',
  redirectAddress: 'redirect address',
  otherWayBack: 'Zoom doesn’t take it? Choose another way back',
  startAgain: 'Start again',
  nearlyEveryone: 'Nearly everyone',
  canCreateYes: 'Yes',
  canCreateYesDetail: 'I see Develop and Build App there',
  canCreateNo: 'No',
  canCreateNoDetail: 'I have to ask an administrator',
  stepChoose: 'Choose',
  canCreate: 'Can you create apps in Zoom?',
  canCreateNote:
    'To find out, open the App Marketplace, sign in, and look for “Develop” and in it “Build App”. On a free account of your own you can. At work it takes an administrator, or a role with “Zoom for developers”.',
  openMarketplace: 'Open Zoom App Marketplace',
  whereSignIn: 'Where do you sign in to Zoom?',
  nextCreate: 'Next: create the app',
  withScopes: (what: string, count: number) =>
    plural(count, { one: `${what} (${count} scope)`, other: `${what} (${count} scopes)` }),
  whatShouldTallyDo: 'What should Tally be able to do?',
  statusOnly: 'Status only',
  everythingUsual: 'Everything usual',
  beginWithFew:
    'Zoom has every scope ticked by hand, so begin with few. More can be allowed later by signing in again.',
  askAdministrator: 'Ask an administrator',
  askAdministratorNote:
    'One app serves everybody in your Zoom account. Send this to whoever runs it; they send back a setup, which you open above.',
  textForAdministrator: 'Text for an administrator',
  textForAdministratorInside: 'text for an administrator',
  saveManifest: 'Save app manifest…',
  granular: 'Granular',
  classic: 'Classic',
  stepCreate: 'Create',
  createNote: 'Tick off what you have done. It stays ticked when Tally is closed.',
  createOpen: 'Open the Zoom App Marketplace and sign in.',
  createBuild: 'Choose “Develop”, “Build App”, then “General App” and “Create”.',
  createUserManaged: 'Under “Basic Information”, choose “User-managed”.',
  createPublic: 'Under “App Credentials”, switch “Use Public Client OAuth” on.',
  createRedirect: 'Paste this into “OAuth Redirect URL”.',
  createAllowList:
    'Add the same to the “OAuth Allow List” below it. Leave “Strict Mode URL” and “Subdomain Check” off.',
  allowListAddress: 'allow list address',
  kindOfScopes: 'Kind of scopes',
  classicNote: 'For an app from before 2024 that lists scopes such as user:write.',
  scopesTitle: 'Scopes',
  createAdd: 'If you like, choose “Add App Now” under “Local Test”. Signing in by Tally adds it as well.',
  manifestOffered: 'Does your app’s page offer to upload a manifest?',
  manifestNote:
    'Some accounts have this at “Basic Information”. The file does all of the above from “User-managed” on.',
  nextPaste: 'Next: paste the Client ID',
  rareScope: 'Zoom may not offer this one. Skip it then; only removing the picture needs it.',
  clientIdIsSecret: 'This looks like the Client Secret. If it really is the Client ID, continue once more.',
  stepPaste: 'Paste',
  publicClientIdHelp:
    'Under “App Credentials”, the “Public Client ID” of “Development”. It is another one than the “Client ID”.',
  clientIdHelp: 'Under “App Credentials”, the “Client ID” of “Development”.',
  hasSecret: 'My app has a secret',
  hasSecretDetail: 'Only if “Use Public Client OAuth” isn’t available.',
  clientSecretHelp:
    'The “Client Secret” of “Development”. It goes to the keychain of this computer and to Zoom, nowhere else.',
  productionCredentials:
    'The Production credentials don’t work until an app is published, which yours need not be.',
  continueInBrowser: 'Continue in the browser',
  stepSignIn: 'Sign in',
  steps: 'Steps',
  setupMissing: 'Paste the setup that you were given.',
  setupFromColleague: 'Setup from a colleague',
  haveSetup: 'I have a setup from a colleague',
  haveSetupNote:
    'With it you skip the steps below. Paste it, choose its file, or drop the file on this page.',
  setup: 'Setup',
  setupExample: 'tally-setup:…',
  useSetup: 'Use this setup',
  thisComputer: 'This computer',
  usualWay: 'The usual way',
  withPort: 'This computer, with a port',
  withPortDetail: 'Where the form wants a port',
  withHttps: 'An https page',
  withHttpsDetail: 'Where the form wants https',
  withHttpsAndSecret: 'An https page and a secret',
  withHttpsAndSecretDetail: 'Where there is no “Use Public Client OAuth”',
  wrongUrl: 'Does Zoom say “Wrong URL format” or “Invalid redirect”?',
  wrongUrlNote:
    'Switch “Use Public Client OAuth” on first. If Zoom still refuses the address, try the next of these. Each changes the address above.',
  howBrowserComesBack: 'How the browser comes back',
  httpsNote:
    'Any address below https that is yours, or your company’s, will do, even if there is no page: after you approve, you copy the address that the browser ends at into Tally. With the page from Tally’s docs/redirect-page there, the browser comes back by itself.',
  yourHttps: 'Your https address',
  httpsExample: 'https://www.example.com/tally',
  useHttps: 'Use this address for the app',
  httpsIsLocal: 'This address leads to this computer. Write one that begins with https://.',
  startingPractice: 'Starting the practice account',
  connecting: 'Connecting to Zoom',
  notConnected: 'Not connected',
  useAnother: 'Use another account or sign out',
  removeLibrary: 'Remove its library of backgrounds and pictures, too.',
  libraryStays: 'Otherwise it’s here when you sign in again.',
  endsOnQuit: 'Until it takes this sign-in, it ends when Tally quits.',
  shareNote:
    'They paste this setup into Tally and sign in as themselves. An app that isn’t published works for members of your Zoom account only.',
  shareHasSecret:
    'It holds the client secret: whoever has it can act as your app. Send it only to people you trust.',
  shareHasNoSecret: 'There is no secret in it.',
  createScopes: (tick: string) =>
    `Under “Scopes”, choose “Add Scopes”, search for each of these and tick ${tick}`,
  createScopesTick: 'it',
  tickedOf: (ticked: number, count: number) => `(${ticked} of ${count})`,
  noWayBack: 'Tally couldn’t open a way back for the browser.',
  byHand: 'After you approve, the page may not load. Copy its address from the browser’s address bar.',
  createRequest: ({ uses, site, redirectUri, isPublic, scopes }: CreateRequest) => `Hello,

I would like to use Tally, a small desktop app with which people set their own Zoom status and settings. It runs on my computer, talks to Zoom only, and signs in as me, with OAuth and PKCE. Zoom lets it do that only through an app in our Zoom account, which I don’t have permission to create. One such app serves everybody here who uses Tally.

With it I would like to:
${uses}

Could you please create it? It takes about five minutes:
1. At ${site}: Develop > Build App > General App > Create.
2. Basic Information: User-managed.
3. App Credentials: ${isPublic ? 'switch “Use Public Client OAuth” on.' : 'note the Client ID and the Client Secret, under Development.'}
4. OAuth Redirect URL, and the same in the OAuth Allow List:
   ${redirectUri}
5. Scopes > Add Scopes:
${scopes}

If our account has app manifests, the attached manifest does steps 2 to 5 in one upload. The app doesn’t need to be published.

Please send me back ${isPublic ? 'the Public Client ID' : 'the Client ID and the Client Secret'} from the Development credentials. Or open Tally, sign in with it, and send me the setup from Accounts > “Copy setup for a colleague”. If apps need your approval in our account, please approve this one, too.

Thank you!
`,
  zoomsOwnWords: (words: string) => `Zoom’s own words are: “${words}”`,
  approvalRequest: (why: string, clientId: string, site: string) => `Hello,

I use Tally, a small desktop app with which I set my own Zoom status and settings. It signs in to Zoom as me, through an app with the client ID ${clientId} in the Zoom App Marketplace. Zoom doesn’t let it in: ${why}

Could you please approve the app for me, at ${site} under Manage? If it must not be used, please tell me.

Thank you!
`,
  noName: 'Account without a name',
  connectingShort: 'Connecting',
  practiceLine: 'Practice account',
  keychainWaits: 'Your keychain may be asking you something. Look for its window.',
});
