/** How long this process has worked: what bounds on time are held against, because a busy machine stops the clock on the wall for nobody. */

/** Milliseconds since `process.cpuUsage()` answered `began`. */
export function processorTimeSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
