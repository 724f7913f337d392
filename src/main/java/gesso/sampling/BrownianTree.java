package gesso.sampling;

import gesso.tensor.FloatTensor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A Brownian path over an interval whose increments depend on the seed alone, not on the order or number of the questions
 * (torchsde's BrownianTree with its default tolerance, as k-diffusion's BrownianTreeNoiseSampler uses it). The path is a binary
 * tree: each half of an interval is bridged from the whole by noise of a seed of its own.
 */
final class BrownianTree {
    private static final int POOL_SIZE = 24;

    /** Times are rounded to this many decimals: torchsde's tolerance of 1e-6. */
    private static final int DECIMALS = 6;

    /** Increments that are kept; others are made again. */
    private static final int CACHE_SIZE = 45;

    private final long entropy;
    private final LongFunction<FloatTensor> noise;
    private final Node root;
    private final FloatTensor total;
    private final Map<Node, FloatTensor> increments = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Node, FloatTensor> eldest) {
            return size() > CACHE_SIZE;
        }
    };

    /**
     * A path over an interval.
     *
     * @param noise gives a fresh tensor of normal numbers of a 32-bit seed
     */
    BrownianTree(double start, double end, long entropy, LongFunction<FloatTensor> noise) {
        this.entropy = entropy;
        this.noise = noise;
        root = new Node(rounded(start), rounded(end), null, false, 0, 0);
        long seed = new SeedSequence(entropy, POOL_SIZE).generate(1)[0];
        total = noise.apply(seed).times((float) Math.sqrt(end - start));
    }

    /** The path's increment from one noise level to the next, scaled to deviation 1. */
    FloatTensor unitIncrement(float sigma, float sigmaNext) {
        FloatTensor w = increment(Math.min(sigma, sigmaNext), Math.max(sigma, sigmaNext));
        float sign = sigma < sigmaNext ? 1 : -1;
        return w.times(sign).dividedBy(Float32.sqrt(Math.abs(sigmaNext - sigma)));
    }

    /** The path's increment over [from, to], which is cut to the tree's interval. */
    FloatTensor increment(double from, double to) {
        double a = Math.min(Math.max(from, root.start), root.end);
        double b = Math.min(Math.max(to, root.start), root.end);
        List<Node> parts = new ArrayList<>();
        if (a < b) {
            locate(root, rounded(a), rounded(b), parts);
        }
        FloatTensor sum = null;
        for (Node part : parts) {
            FloatTensor w = increment(part);
            sum = sum == null ? w : sum.plus(w);
        }
        return sum == null ? FloatTensor.zeros(total.shape()) : sum;
    }

    /** The nodes that make up [a, b], in order; missing ones are made. */
    private void locate(Node node, double a, double b, List<Node> parts) {
        if (a == node.start && b == node.end) {
            parts.add(node);
            return;
        }
        if (node.left == null) {
            split(node, a == node.start ? b : a);
        }
        if (b <= node.middle) {
            locate(node.left(), a, b, parts);
        } else if (a >= node.middle) {
            locate(node.right(), a, b, parts);
        } else {
            locate(node.left(), a, node.middle, parts);
            locate(node.right(), node.middle, b, parts);
        }
    }

    /** Halves the interval again and again until one of the halves ends at {@code at}. */
    private void split(Node node, double at) {
        Node n = node;
        while (true) {
            n.halve(entropy);
            if (at > n.middle) {
                n = n.right();
            } else if (at < n.middle) {
                n = n.left();
            } else {
                return;
            }
        }
    }

    private FloatTensor increment(Node node) {
        if (node.parent == null) {
            return total;
        }
        FloatTensor known = increments.get(node);
        if (known == null) {
            known = bridged(node, node.parent);
            increments.put(node, known);
        }
        return known;
    }

    private FloatTensor bridged(Node node, Node parent) {
        FloatTensor whole = increment(parent);
        double perLength = 1 / (parent.end - parent.start);
        double left = parent.middle - parent.start;
        double right = parent.end - parent.middle;
        FloatTensor mean = whole.times((float) left).times((float) perLength);
        FloatTensor bridge = mean.plus(noise.apply(parent.noiseSeed), (float) Math.sqrt(left * right * perLength));
        return node.isLeft ? bridge : whole.minus(bridge);
    }

    private static double rounded(double time) {
        return new BigDecimal(time).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
    }

    /** One interval; with children once something inside it was asked for. Compared by identity. */
    private static final class Node {
        final double start;
        final double end;
        final @Nullable Node parent;
        final boolean isLeft;
        final long spawnKey;
        final int depth;
        double middle;
        long noiseSeed;

        @Nullable
        Node left;

        @Nullable
        Node right;

        Node(double start, double end, @Nullable Node parent, boolean isLeft, long spawnKey, int depth) {
            this.start = start;
            this.end = end;
            this.parent = parent;
            this.isLeft = isLeft;
            this.spawnKey = spawnKey;
            this.depth = depth;
        }

        void halve(long entropy) {
            middle = rounded(0.5 * (end + start));
            noiseSeed = new SeedSequence(entropy, POOL_SIZE, spawnKey, depth).generate(1)[0];
            left = new Node(start, middle, this, true, 2 * spawnKey, depth + 1);
            right = new Node(middle, end, this, false, 2 * spawnKey + 1, depth + 1);
        }

        Node left() {
            return java.util.Objects.requireNonNull(left);
        }

        Node right() {
            return java.util.Objects.requireNonNull(right);
        }
    }
}
