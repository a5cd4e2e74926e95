import fc from 'fast-check';

// In ms. Most of what breaks a property breaks its first cases.
fc.configureGlobal({ interruptAfterTimeLimit: 250 });
