package gesso.ui.queue;

/**
 * How far a job is.
 *
 * @param network what is loading, or being done, while something is that has no diffusion steps
 * @param picture which picture of the job, from 0
 * @param step from 1; 0 before the first
 * @param secondsPerStep 0 while not yet measured
 */
public record Progress(
        Phase phase,
        String network,
        int picture,
        int pictures,
        int step,
        int steps,
        double secondsPerStep,
        double secondsLeft) {
    /** What a job is doing. */
    public enum Phase {
        WAITING,
        LOADING,
        STEPPING,
        WORKING,
        DECODING,
        SAVING,
        STOPPING,
        FAILED
    }

    static Progress waiting(int pictures, int steps) {
        return new Progress(Phase.WAITING, "", 0, pictures, 0, steps, 0, 0);
    }

    Progress in(Phase newPhase) {
        return new Progress(newPhase, network, picture, pictures, step, steps, secondsPerStep, secondsLeft);
    }

    Progress loading(String newNetwork) {
        return new Progress(Phase.LOADING, newNetwork, picture, pictures, step, steps, secondsPerStep, secondsLeft);
    }

    Progress working(String task, int done, int total) {
        return new Progress(Phase.WORKING, task, 0, 1, done, total, 0, 0);
    }

    /** The part that is done, 0–1. */
    public double part() {
        return steps == 0 ? 0 : ((double) picture * steps + step) / ((double) pictures * steps);
    }
}
