package gesso.pipeline;

import gesso.image.Mask;
import gesso.request.GenerationRequest;
import gesso.request.Profile;
import gesso.request.Rework;
import gesso.sampling.LocalStrength;
import gesso.sampling.StepPlan;
import gesso.tensor.FloatTensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How many steps are run in all, and how many of them in each place, where a strength map says so. */
final class Strengths {
    private final GenerationRequest request;
    private final Rework rework;
    private final double @Nullable [] local;
    private final StepPlan plan;

    /** @param map over the generated picture; null: the same strength everywhere */
    Strengths(GenerationRequest request, Rework rework, @Nullable Mask map) {
        this.request = request;
        this.rework = rework;
        this.local = map == null ? null : LocalValues.means(map, request.size());
        double most = local == null ? 1 : Arrays.stream(local).max().orElse(0);
        int steps = request.sampling().steps();
        plan = most == 0 ? new StepPlan(steps, 0) : plan(most);
    }

    /** For the place with the largest strength. */
    StepPlan plan() {
        return plan;
    }

    /** @param source the source's latent */
    @Nullable
    LocalStrength over(FloatTensor source) {
        return local == null
                ? null
                : new LocalStrength(
                        source, Arrays.stream(local).mapToInt(this::runs).toArray());
    }

    /** Of how many of the plan's steps a place is part. */
    private int runs(double part) {
        if (part == 0) {
            return 0;
        }
        StepPlan own = plan(part);
        // With exact steps, plans of different strengths differ in their schedules, not in how many steps are run.
        boolean same = own.schedule() == plan.schedule();
        double wanted = plan.schedule() * part * rework.denoisingStrength();
        return Math.min(plan.run(), same ? own.run() : Math.max((int) Math.rint(wanted), 1));
    }

    private StepPlan plan(double part) {
        Profile profile = request.profile();
        return StepPlan.of(profile, request.sampling().steps(), part * rework.denoisingStrength(), rework.exactSteps());
    }
}
