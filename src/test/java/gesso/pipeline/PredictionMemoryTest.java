package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import gesso.sampling.Conditioning;
import gesso.sampling.NoisePredictor;
import gesso.tensor.FloatTensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PredictionMemoryTest {
    private final PredictionMemory memory = new PredictionMemory();
    private KeptSteps kept = KeptSteps.NONE;
    private int runs;

    private FloatTensor ask(String model, @Nullable FloatTensor channels, float x, double timestep, float context) {
        NoisePredictor network = memory.over(model, kept, (latent, t, c, moment) -> {
            runs++;
            return latent.times(2);
        });
        return network.predict(
                FloatTensor.of(new float[] {x, 1}, 1, 1, 1, 2),
                timestep,
                new Conditioning(FloatTensor.of(new float[] {context}, 1, 1, 1), null, channels),
                new NoisePredictor.Moment(0, 0, 1, false));
    }

    @Test
    void theSameQuestionIsAskedOnce() {
        FloatTensor first = ask("m", null, 3, 10, 1);
        FloatTensor second = ask("m", null, 3, 10, 1);
        assertEquals(1, runs);
        assertArrayEquals(new float[] {6, 2}, second.data());
        assertNotSame(first.data(), second.data());
        first.data()[0] = 99;
        assertEquals(6, ask("m", null, 3, 10, 1).data()[0]);
    }

    @Test
    void whateverDiffersIsAnotherQuestion() {
        ask("m", null, 3, 10, 1);
        ask("n", null, 3, 10, 1);
        ask("m", FloatTensor.zeros(1, 5, 1, 2), 3, 10, 1);
        ask("m", null, 4, 10, 1);
        ask("m", null, 3, 10.5, 1);
        ask("m", null, 3, 10, 2);
        assertEquals(6, runs);
    }

    @Test
    void theOldestAreForgottenWhenThereAreTooMany() {
        NoisePredictor network = memory.over("m", KeptSteps.NONE, (x, t, c, moment) -> {
            runs++;
            return x.times(2);
        });
        Conditioning conditioning = new Conditioning(FloatTensor.zeros(1, 1, 1), null);
        NoisePredictor.Moment moment = new NoisePredictor.Moment(0, 0, 1, false);
        // Each takes 8 MB: nine of them are more than the budget.
        FloatTensor large = FloatTensor.zeros(1, 8, 512, 512);
        for (int t = 0; t < 9; t++) {
            network.predict(large, t, conditioning, moment);
        }
        network.predict(large, 8, conditioning, moment);
        assertEquals(9, runs);
        network.predict(large, 0, conditioning, moment);
        assertEquals(10, runs);
    }

    @Test
    void whatWasKeptIsNotAskedAgain() {
        Map<QuestionDigest, FloatTensor> disk = new HashMap<>();
        kept = new KeptInMap(disk, Set.of());
        FloatTensor first = ask("m", null, 3, 10, 1);
        assertEquals(1, disk.size());
        PredictionMemoryTest afterCrash = new PredictionMemoryTest();
        afterCrash.kept = kept;
        assertArrayEquals(first.data(), afterCrash.ask("m", null, 3, 10, 1).data());
        assertEquals(0, afterCrash.runs);
        afterCrash.ask("m", null, 3, 11, 1);
        assertEquals(1, afterCrash.runs);
    }
}
