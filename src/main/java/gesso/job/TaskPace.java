package gesso.job;

/** How long a task of equal parts still takes, by its parts so far. Where a part took its time before the first was told, that counts. */
final class TaskPace {
    private static final double NANOS = 1e9;

    private String task = "";
    private int first;
    private int last;
    private long firstAt;
    private double firstPart;

    /**
     * A part is done.
     *
     * @param done of {@code total} parts
     * @param since when the work went on to it, if it is the task's first, in nanoseconds as {@code now}
     * @return the seconds that are left
     */
    double secondsLeft(String name, int done, int total, long since, long now) {
        if (!name.equals(task) || done <= last) {
            task = name;
            first = done;
            firstAt = now;
            firstPart = (now - since) / NANOS / Math.max(done, 1);
        }
        last = done;
        // The first part is measured with what went before it, a model's loading among that, so the others count where
        // there are any.
        double part = done > first ? (now - firstAt) / NANOS / (done - first) : firstPart;
        return part * (total - done);
    }
}
