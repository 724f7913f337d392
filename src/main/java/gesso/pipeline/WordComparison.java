package gesso.pipeline;

import gesso.graph.ClipParts;
import gesso.image.NetworkPixels;
import gesso.prompt.ClipTokenizer;
import gesso.request.CancelToken;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.ScoredWord;
import gesso.request.WordList;
import gesso.runtime.ImageEncoder;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.TextEncoder;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compares a picture with lists of words by CLIP, as A1111 does: within each list, the softmax of 100 times the cosines. The words'
 * vectors are kept, block by block, so that a long list that was interrupted goes on where it was.
 */
final class WordComparison {
    private static final int BLOCK = 512;
    private static final int BATCH = 32;
    /** CLIP reads 77 tokens, start and end among them; A1111 cuts off what is more. */
    private static final int MOST_TOKENS = 75;

    private static final double SCALE = 100;

    private final Models models;
    private final ClipTokenizer tokenizer;
    private final VectorStore store;
    private final CancelToken token;
    private final Engine.Listener listener;

    WordComparison(
            Models models, ClipTokenizer tokenizer, VectorStore store, CancelToken token, Engine.Listener listener) {
        this.models = models;
        this.tokenizer = tokenizer;
        this.store = store;
        this.token = token;
        this.listener = listener;
    }

    /**
     * The best words of each list, the best first.
     *
     * @param hash of the CLIP model's file
     * @throws gesso.request.BadInput where the model cannot be used
     */
    List<ScoredWord> best(Picture picture, Path clip, String hash, List<WordList> lists) {
        WeightFile file = WeightFiles.open(clip);
        ClipParts parts = ClipParts.of(file);
        float[] image;
        try (Lease<ImageEncoder> encoder = models.clipVision(file, parts)) {
            listener.progress("Looking at the picture", 0, 1);
            image = encoder.get()
                    .encode(NetworkPixels.clip(picture, encoder.get().side()), token)
                    .data();
        }
        checked(normalize(image, 0, image.length), clip);
        List<ScoredWord> found = new ArrayList<>();
        int total = lists.stream().mapToInt(l -> l.words().size()).sum();
        int done = 0;
        for (WordList list : lists) {
            double[] cosines = new double[list.words().size()];
            for (int from = 0; from < cosines.length; from += BLOCK) {
                token.check();
                listener.progress("Comparing the " + list.name(), done, total);
                List<String> words = list.words().subList(from, Math.min(from + BLOCK, cosines.length));
                float[] vectors = vectors(file, parts, hash, words, image.length);
                for (int i = 0; i < words.size(); i++) {
                    cosines[from + i] = dot(image, vectors, i * image.length);
                }
                done += words.size();
            }
            found.addAll(top(list, cosines));
        }
        return found;
    }

    /** The list's best, scored by the softmax over all of it. */
    static List<ScoredWord> top(WordList list, double[] cosines) {
        double sum = 0;
        for (double c : cosines) {
            sum += Math.exp(SCALE * (c - 1));
        }
        double all = sum;
        return IntStream.range(0, cosines.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -cosines[i]))
                .limit(list.top())
                .map(i -> new ScoredWord(
                        list.group(), list.words().get(i), Math.min(1, Math.exp(SCALE * (cosines[i] - 1)) / all)))
                .toList();
    }

    /** The words' vectors of length 1, one after another. */
    private float[] vectors(WeightFile file, ClipParts parts, String hash, List<String> words, int width) {
        String key = hash + "\n" + String.join("\n", words);
        return store.read(key, words.size() * width).orElseGet(() -> {
            float[] computed = computed(file, parts, words, width);
            store.write(key, computed);
            return computed;
        });
    }

    private float[] computed(WeightFile file, ClipParts parts, List<String> words, int width) {
        List<int[]> tokens = words.stream().map(tokenizer::encode).toList();
        // Words of a length together: what is padded costs time for nothing.
        List<Integer> order = IntStream.range(0, words.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> tokens.get(i).length))
                .toList();
        float[] all = new float[words.size() * width];
        try (Lease<TextEncoder> encoder = models.clipText(file, parts)) {
            if (!encoder.get().pools()) {
                throw new GessoException(file.path().getFileName()
                        + " lacks CLIP's text projection, so words cannot be compared with a picture.");
            }
            for (int from = 0; from < order.size(); from += BATCH) {
                token.check();
                List<Integer> batch = order.subList(from, Math.min(from + BATCH, order.size()));
                long[][] ids = ids(batch.stream().map(tokens::get).toList());
                float[] vectors = encoder.get()
                        .encodePooled(TextEncoder.Tokens.of(ids), 1, token)
                        .pooled()
                        .data();
                if (vectors.length != batch.size() * width) {
                    throw new GessoException(file.path().getFileName()
                            + " holds an image encoder and a text encoder that do not fit together.");
                }
                for (int i = 0; i < batch.size(); i++) {
                    checked(normalize(vectors, i * width, width), file.path());
                    System.arraycopy(vectors, i * width, all, batch.get(i) * width, width);
                }
            }
        }
        return all;
    }

    private static long[][] ids(List<int[]> texts) {
        int longest = Math.min(
                MOST_TOKENS, texts.stream().mapToInt(t -> t.length).max().orElse(0));
        long[][] ids = new long[texts.size()][longest + 2];
        for (int i = 0; i < ids.length; i++) {
            int[] text = texts.get(i);
            ids[i][0] = ClipTokenizer.START;
            for (int j = 0; j <= longest; j++) {
                ids[i][j + 1] = j < Math.min(text.length, MOST_TOKENS) ? text[j] : ClipTokenizer.END;
            }
        }
        return ids;
    }

    /** Brings a vector to length 1; false: it holds what is no number. */
    private static boolean normalize(float[] values, int from, int width) {
        double square = 0;
        for (int i = from; i < from + width; i++) {
            square += (double) values[i] * values[i];
        }
        float length = (float) Math.sqrt(square);
        for (int i = from; i < from + width; i++) {
            values[i] /= length;
        }
        return Float.isFinite(length) && length > 0;
    }

    private static void checked(boolean isVector, Path clip) {
        if (!isVector) {
            throw new GessoException(
                    clip.getFileName() + " gives values that are no numbers (NaN), so there is nothing to compare.");
        }
    }

    private static double dot(float[] a, float[] b, int from) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[from + i];
        }
        return sum;
    }
}
