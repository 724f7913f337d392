package gesso.sampling;

import gesso.request.Sampler;
import gesso.request.ScheduleType;

/**
 * The training schedule's noise levels as diffusers' schedulers count them: evenly spaced in time from 0 up, and linear in σ itself
 * between whole timesteps (EulerDiscreteScheduler); its DPM-Solver knows whole timesteps alone (DPMSolverMultistepScheduler).
 */
final class DiffusersLevels implements NoiseLevels {
    private final TrainingSchedule schedule;
    private final ScheduleType type;
    private final boolean whole;

    DiffusersLevels(TrainingSchedule schedule, Sampler sampler, ScheduleType type) {
        this.schedule = schedule;
        this.type = type;
        whole = isDpmSolver(sampler);
    }

    /** Whether it is DPMSolverMultistepScheduler's, whose x is of deviation 1 at every level: it starts from √(σ² + 1) times the noise. */
    static boolean isDpmSolver(Sampler sampler) {
        return sampler == Sampler.DPMPP_2M;
    }

    @Override
    public float[] sigmas() {
        return schedule.sigmas();
    }

    @Override
    public float sigmaToT(float sigma) {
        return switch (type) {
            case AUTOMATIC, UNIFORM -> whole ? (float) Math.rint(linearTime(sigma)) : linearTime(sigma);
            // The solver rounds Karras' timesteps, and cuts all others.
            case KARRAS -> whole ? (float) Math.rint(schedule.sigmaToT(sigma)) : schedule.sigmaToT(sigma);
            default -> whole ? (float) Math.floor(schedule.sigmaToT(sigma)) : schedule.sigmaToT(sigma);
        };
    }

    private float linearTime(float sigma) {
        int low = 0;
        int high = schedule.timesteps() - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (schedule.sigma(middle) <= sigma) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double w = ((double) sigma - schedule.sigma(low)) / ((double) schedule.sigma(high) - schedule.sigma(low));
        return (float) (low + Math.min(Math.max(w, 0), 1));
    }

    @Override
    public float tToSigma(float t) {
        return schedule.tToSigma(t);
    }

    @Override
    public float[] uniform(int n) {
        int last = schedule.timesteps() - 1;
        float[] levels = new float[n + 1];
        for (int i = 0; i < n; i++) {
            // The solver spreads one timestep more and leaves out the last, 0; a single one of the others is 0.
            double t =
                    whole ? Math.rint(last * (double) (n - i) / n) : n == 1 ? 0 : last * (double) (n - 1 - i) / (n - 1);
            int low = Math.min((int) t, last - 1);
            double w = t - low;
            levels[i] = (float) ((1 - w) * schedule.sigma(low) + w * schedule.sigma(low + 1));
        }
        return levels;
    }
}
