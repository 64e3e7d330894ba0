/** Whether the GitHub command line is there and logged in. Its token is never asked for here. */

/** `gh` may ask GitHub; nobody waits longer than this for a suggestion. */
const PATIENCE = 2_000;

export async function isGhLoggedIn(): Promise<boolean> {
  try {
    const { x } = await import("tinyexec");
    const { exitCode } = await x("gh", ["auth", "status"], { timeout: PATIENCE, nodeOptions: { stdio: "ignore" } });
    return exitCode === 0;
  } catch {
    // Not installed, or too slow: it is only a suggestion.
    return false;
  }
}
