package gesso.pipeline;

import gesso.tensor.FloatTensor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Steps that are kept in memory. */
record KeptInMap(Map<QuestionDigest, FloatTensor> answers, Set<Integer> done) implements KeptSteps {
    @Override
    public boolean isDone(int picture) {
        return done.contains(picture);
    }

    @Override
    public Optional<FloatTensor> answer(QuestionDigest question) {
        return Optional.ofNullable(answers.get(question)).map(FloatTensor::copy);
    }

    @Override
    public void keep(QuestionDigest question, FloatTensor answer) {
        answers.put(question, answer.copy());
    }
}
