import fc from 'fast-check';

// What fast-check makes up is the same each time, so that the same code gets the same verdict, and nobody's change fails by what
// is not theirs. `npm run test:trust` looks elsewhere each time; TALLY_SEED as it has printed it plays the same again.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.TALLY_SEED ?? 20_251_201) });
