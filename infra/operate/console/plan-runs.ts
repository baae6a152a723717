/** The runs of plans that go on in this process: an end in good order lets go of them, and another process can go on at once. */
export type PlanRuns = ReturnType<typeof createPlanRuns>;

export function createPlanRuns() {
  const running = new Set<Promise<unknown>>();
  let isClosing = false;
  return {
    isStopping: () => isClosing,

    /** What goes wrong in it shows in the plan, which is then interrupted. */
    keep(ended: Promise<unknown>): void {
      const run = ended.catch(() => {}).finally(() => running.delete(run));
      running.add(run);
    },

    async close(): Promise<void> {
      isClosing = true;
      await Promise.all(running);
    },
  };
}
