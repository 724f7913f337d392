package gesso.ui;

import gesso.job.JobQueue;

/** The window over the painting engine, to look at: run it with the test class path. */
final class StudioDemo {
    private static final int STEP_MILLIS = 150;

    private StudioDemo() {}

    public static void main(String[] arguments) throws InterruptedException {
        Fakes fakes = new Fakes();
        JobQueue queue = new JobQueue(() -> new PaintingEngine((request, step) -> Thread.sleep(STEP_MILLIS)), fakes);
        StudioApp.run(queue, fakes::services);
        queue.close();
    }
}
