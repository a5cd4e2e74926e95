/** Stands for Electron in unit tests: nothing of it is there. electron-store reads only which parts exist. */
export default {};
