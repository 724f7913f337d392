package gesso.command;

import gesso.job.JobQueue;
import java.util.function.IntSupplier;

/** Ctrl+C, and a plain kill: the job is cancelled, and the process goes when everything is closed and nothing is half written. */
final class Interruption {
    private Interruption() {}

    /** Runs {@code work}, and cancels if the process is asked to end meanwhile. The JVM ends with 130 or 143 then. */
    static int guard(JobQueue queue, Runnable cancel, IntSupplier work) {
        Thread stop = new Thread(
                () -> {
                    cancel.run();
                    queue.close();
                },
                "gesso-interrupted");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            return work.getAsInt();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(stop);
            } catch (IllegalStateException e) {
                // The process is on its way out, and the hook at work.
            }
        }
    }
}
