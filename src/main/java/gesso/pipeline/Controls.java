package gesso.pipeline;

import gesso.image.metadata.ControlText;
import gesso.request.CancelToken;
import gesso.request.ControlMode;
import gesso.request.ControlUnit;
import gesso.request.GenerationRequest;
import gesso.request.Profile;
import gesso.request.Size;
import gesso.runtime.ControlHintModel;
import gesso.runtime.ControlNetModel;
import gesso.runtime.ControlResiduals;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.sampling.Conditioning;
import gesso.sampling.NoisePredictor.Moment;
import gesso.tensor.FloatTensor;
import gesso.weights.FileHashes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ControlNets of one request, each run beside the UNet while its turn is. */
final class Controls {
    /** By which each residual counts less than the next where the prompt is more important. */
    private static final double SOFTER = 0.825;

    private static final int MIDDLE =
            12; // the last residual's number in SD1, from which A1111's extension counts in SDXL too

    private final Models models;
    private final GenerationRequest request;
    private final ControlImages images;
    private final CancelToken token;
    private final List<Unit> units = new ArrayList<>();

    private record Unit(ControlUnit asked, ControlFile file, Map<Size, Sight> sights) {}

    /** What a unit's ControlNet sees in a pass of some size, and where it counts. */
    private record Sight(FloatTensor hint, FloatTensor map, String digest) {}

    /**
     * Opens the files of all units.
     *
     * @throws gesso.request.BadInput where one does not fit the checkpoint, or its preprocessor is not there
     */
    Controls(
            Models models,
            GenerationRequest request,
            Checkpoint checkpoint,
            LearnedDrawing learned,
            CancelToken token) {
        this.models = models;
        this.request = request;
        this.images = new ControlImages(request, Reworking.region(request), learned);
        this.token = token;
        for (ControlUnit unit : request.controls()) {
            images.check(unit);
            units.add(new Unit(unit, ControlFile.open(unit.model(), checkpoint), new HashMap<>()));
        }
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    /** Each unit in the words of a picture's file. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            String hash = FileHashes.autoV1(unit.asked.model());
            facts.put(
                    "ControlNet " + i,
                    ControlText.write(unit.asked, unit.file.weights().name(), hash));
        }
        return facts;
    }

    /** Brings all units into memory for a pass. */
    Running over(Pass pass) {
        return new Running(pass);
    }

    private Sight sight(Unit unit, Size size) {
        return unit.sights.computeIfAbsent(size, s -> {
            FloatTensor image = images.of(unit.asked, s);
            FloatTensor map = images.map(unit.asked, s);
            try (Lease<ControlHintModel> reader = models.controlHint(unit.file.weights())) {
                return new Sight(
                        reader.get().read(image, token), map, QuestionDigest.of(image) + " " + QuestionDigest.of(map));
            }
        });
    }

    /** The ControlNets in memory, to be closed after the pass. */
    final class Running implements AutoCloseable {
        private final Pass pass;
        private final List<Sight> sights = new ArrayList<>();
        private final List<Lease<ControlNetModel>> leases = new ArrayList<>();

        private Running(Pass pass) {
            this.pass = pass;
            try {
                for (Unit unit : units) {
                    sights.add(sight(unit, pass.size()));
                    leases.add(models.controlNet(unit.file.weights(), unit.file.pooled()));
                }
            } catch (RuntimeException | Error e) {
                close();
                throw e;
            }
        }

        /** What all of them say, to be closed; null where none of them has its turn. */
        @Nullable
        ControlResiduals predict(FloatTensor x, double timestep, Conditioning conditioning, Moment moment) {
            ControlResiduals sum = null;
            for (int i = 0; i < units.size(); i++) {
                if (!hasTurn(units.get(i), moment)) {
                    continue;
                }
                try (ControlResiduals before = sum) {
                    sum = predict(i, x, timestep, conditioning, before);
                }
            }
            return sum;
        }

        private ControlResiduals predict(
                int i, FloatTensor x, double timestep, Conditioning conditioning, @Nullable ControlResiduals before) {
            ControlNetModel model = leases.get(i).get();
            Sight sight = sights.get(i);
            return model.predict(
                    x,
                    new float[] {(float) timestep},
                    conditioning.context(),
                    conditioning.vector(),
                    sight.hint,
                    scales(units.get(i), model.residuals()),
                    sight.map,
                    before,
                    token);
        }

        /** All that the residuals depend on beside the question itself, as text. */
        String describe(Moment moment) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < units.size(); i++) {
                Unit unit = units.get(i);
                if (hasTurn(unit, moment)) {
                    text.append(unit.file.weights().files()).append(sights.get(i).digest);
                    for (float scale : scales(unit, MIDDLE + 1)) {
                        text.append(' ').append(scale);
                    }
                }
            }
            return text.toString();
        }

        private float[] scales(Unit unit, int count) {
            // A1111's extension spares the enlarged picture hard lines.
            boolean hard = pass.hires() && unit.asked.preprocessing().name().contains("canny");
            boolean soft = hard || unit.asked.mode() != ControlMode.BALANCED;
            float[] scales = new float[count];
            for (int i = 0; i < count; i++) {
                scales[i] = (float) (unit.asked.weight() * (soft ? Math.pow(SOFTER, MIDDLE - i) : 1));
            }
            return scales;
        }

        @Override
        public void close() {
            leases.forEach(Lease::close);
        }
    }

    /** Whether the unit is run at all at that moment. */
    private boolean hasTurn(Unit unit, Moment moment) {
        ControlUnit asked = unit.asked;
        boolean promptOnly = asked.mode() == ControlMode.CONTROL || unit.file.pooled();
        if (asked.weight() == 0 || (promptOnly && moment.negative())) {
            return false;
        }
        double steps = moment.steps();
        return request.profile() == Profile.DIFFUSERS
                ? moment.current() / steps >= asked.start() && (moment.current() + 1) / steps <= asked.end()
                : moment.step() / steps >= asked.start() && moment.step() / steps <= asked.end();
    }
}
