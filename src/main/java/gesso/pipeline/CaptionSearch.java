package gesso.pipeline;

import gesso.request.Interrogator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Searches for the text that a decoder finds likeliest: greedily, or with beams as transformers 4.57's generate does. */
final class CaptionSearch {
    private final Next next;
    private final int end;
    private final Interrogator.Caption settings;

    /** A language model. */
    interface Next {
        /** The logits of what comes after these tokens. */
        float[] logits(long[] ids);
    }

    /**
     * A text.
     *
     * @param ids without the beginning that was given
     * @param meanLogProbability of its tokens
     */
    record Found(List<Integer> ids, double meanLogProbability) {}

    /** @param end the token that ends a text */
    CaptionSearch(Next next, int end, Interrogator.Caption settings) {
        this.next = next;
        this.end = end;
        this.settings = settings;
    }

    /** Goes on from {@code start}, which counts towards the lengths. */
    Found from(List<Integer> start) {
        return settings.beams() == 1 ? greedy(start) : beams(start);
    }

    private Found greedy(List<Integer> start) {
        List<Integer> ids = new ArrayList<>(start);
        double sum = 0;
        while (ids.size() < settings.longest()) {
            float[] log = logProbabilities(ids);
            int best = 0;
            for (int i = 1; i < log.length; i++) {
                best = log[i] > log[best] ? i : best;
            }
            ids.add(best);
            sum += log[best];
            if (best == end) {
                break;
            }
        }
        int length = ids.size() - start.size();
        return new Found(List.copyOf(ids.subList(start.size(), ids.size())), sum / Math.max(1, length));
    }

    private record Beam(List<Integer> ids, float score) {
        Beam and(int token, float logProbability) {
            List<Integer> longer = new ArrayList<>(ids);
            longer.add(token);
            return new Beam(longer, score + logProbability);
        }
    }

    private static final Comparator<Beam> BEST_FIRST =
            Comparator.comparingDouble(Beam::score).reversed();

    private Found beams(List<Integer> start) {
        int beams = settings.beams();
        List<Beam> running = List.of(new Beam(start, 0));
        // By their mean log probability: what is longer is not worse for that.
        List<Beam> finished = new ArrayList<>();
        while (!running.isEmpty()) {
            List<Beam> grown = grown(running, 2 * beams);
            running = new ArrayList<>();
            for (int i = 0; i < grown.size(); i++) {
                Beam beam = grown.get(i);
                if (isOver(beam)) {
                    // Those after the first only stand in for what ended.
                    if (i < beams) {
                        finished.add(
                                new Beam(beam.ids(), beam.score() / (beam.ids().size() - start.size())));
                    }
                } else if (running.size() < beams) {
                    running.add(beam);
                }
            }
            finished.sort(BEST_FIRST);
            finished = new ArrayList<>(finished.subList(0, Math.min(beams, finished.size())));
            if (finished.size() == beams && !running.isEmpty()) {
                Beam first = running.get(0);
                float possible = first.score() / (first.ids().size() - start.size());
                if (possible <= finished.get(beams - 1).score()) {
                    break;
                }
            }
        }
        Beam best = finished.get(0);
        return new Found(List.copyOf(best.ids().subList(start.size(), best.ids().size())), best.score());
    }

    /** The best continuations of all beams by one token. */
    private List<Beam> grown(List<Beam> running, int wanted) {
        PriorityQueue<Beam> best = new PriorityQueue<>(Comparator.comparingDouble(Beam::score));
        for (Beam beam : running) {
            float[] log = logProbabilities(beam.ids());
            for (int token = 0; token < log.length; token++) {
                if (best.size() < wanted
                        || beam.score() + log[token] > best.element().score()) {
                    best.add(beam.and(token, log[token]));
                    if (best.size() > wanted) {
                        best.remove();
                    }
                }
            }
        }
        return best.stream().sorted(BEST_FIRST).toList();
    }

    private boolean isOver(Beam beam) {
        return beam.ids().get(beam.ids().size() - 1) == end || beam.ids().size() >= settings.longest();
    }

    /** The end is impossible while the text is too short. */
    private float[] logProbabilities(List<Integer> ids) {
        float[] logits = next.logits(ids.stream().mapToLong(Integer::longValue).toArray());
        double most = Double.NEGATIVE_INFINITY;
        for (float l : logits) {
            most = Math.max(most, l);
        }
        double sum = 0;
        for (float l : logits) {
            sum += Math.exp(l - most);
        }
        double log = most + Math.log(sum);
        float[] out = new float[logits.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (logits[i] - log);
        }
        if (ids.size() < settings.shortest() && end < out.length) {
            out[end] = Float.NEGATIVE_INFINITY;
        }
        return out;
    }
}
