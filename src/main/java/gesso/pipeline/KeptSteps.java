package gesso.pipeline;

import gesso.tensor.FloatTensor;
import java.util.Optional;

/**
 * What is kept of a job while it is done, so that it can go on after a crash where it was: which pictures are finished, and what
 * the UNet answered for the one under way. A sampler that is given the same answers again comes to the same state, whatever it
 * remembers of earlier steps, so the picture is the same as one made without a pause, to the bit.
 */
public interface KeptSteps {
    /** Nothing is kept. */
    KeptSteps NONE = new KeptSteps() {
        @Override
        public boolean isDone(int picture) {
            return false;
        }

        @Override
        public Optional<FloatTensor> answer(QuestionDigest question) {
            return Optional.empty();
        }

        @Override
        public void keep(QuestionDigest question, FloatTensor answer) {}
    };

    /** Whether a picture of the request is finished, so that it need not be made again. */
    boolean isDone(int picture);

    /** What the network said to this question before. */
    Optional<FloatTensor> answer(QuestionDigest question);

    /** Keeps what the network said; called on the inference thread, so it may not wait for the disk. */
    void keep(QuestionDigest question, FloatTensor answer);
}
