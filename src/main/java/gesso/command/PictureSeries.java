package gesso.command;

import gesso.image.GeneratedPicture;
import gesso.job.Job;
import gesso.job.JobQueue;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.GenerationRequest;
import gesso.request.Loopback;
import org.jspecify.annotations.Nullable;

/** Jobs of one command, one after another: each is told of when the one before is over. */
final class PictureSeries {
    private final JobQueue queue;
    private final GenerationReport report;
    private final @Nullable Loopback loopback;
    private final CancelToken token = new CancelToken();

    /** @param loopback how often each picture is reworked; null: once */
    PictureSeries(JobQueue queue, GenerationReport report, @Nullable Loopback loopback) {
        this.queue = queue;
        this.report = report;
        this.loopback = loopback;
    }

    /** Ends the job that runs, and begins no other. */
    void cancel() {
        token.cancel();
    }

    /** Makes what is asked for. @return the exit code */
    int make(GenerationRequest request) {
        return loopback == null ? job(request) : loops(request, loopback);
    }

    /** A picture reworked again and again, as often as pictures are asked for; seeds go on. */
    private int loops(GenerationRequest asked, Loopback looped) {
        LoopbackOptions.check(asked);
        GenerationRequest first = looped.first(asked);
        for (int n = 0; n < asked.batchCount(); n++) {
            GenerationRequest next = first;
            for (int loop = 1; loop <= looped.loops(); loop++) {
                int code = job(next);
                GeneratedPicture made = report.last();
                if (code != ExitCode.DONE || made == null) {
                    return code;
                }
                long seed = made.request().seeds().seed();
                next = looped.next(first, made.picture(), seed, Math.min(loop, looped.loops() - 1));
                first = loop < looped.loops()
                        ? first
                        : first.withSeeds(first.seeds().withSeed(seed + 1));
            }
        }
        return ExitCode.DONE;
    }

    private int job(GenerationRequest request) {
        try {
            token.check();
        } catch (Cancelled e) {
            return ExitCode.CANCELLED;
        }
        report.begin();
        Job job = queue.submit(request);
        try (CancelToken.Registration stop = token.onCancel(() -> queue.cancel(job))) {
            return report.await();
        }
    }
}
