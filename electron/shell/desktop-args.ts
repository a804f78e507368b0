/**
 * Switches that Chromium or Electron read themselves: people need some of them on some Linux systems, and a test that
 * drives the app passes others. Whatever is not listed is ours, so that a mistyped flag is still told.
 */
const chromiumSwitches =
  /^--(?:no-sandbox|disable-gpu|disable-dev-shm-usage|(?:ozone-platform(?:-hint)?|enable-features|disable-features|force-device-scale-factor|lang|password-store|user-data-dir|remote-debugging-port|inspect(?:-brk)?)(?:=.*)?)$/;
/** The Finder of older systems adds the number of the process. */
const finderArgument = /^-psn_/;

/**
 * The arguments meant for the app, out of `process.argv`. Unpackaged, Electron's executable is followed by the folder
 * of the app.
 */
export function appArguments(argv: readonly string[], packaged: boolean): string[] {
  return argv
    .slice(packaged ? 1 : 2)
    .filter((argument) => !chromiumSwitches.test(argument) && !finderArgument.test(argument));
}
