package gesso.bench;

import java.util.Arrays;

/** The seconds of several works that take turns, so that what else the machine does falls on all of them alike. */
final class Rounds {
    private static final int LEAST = 5;
    private static final double LEAST_SECONDS = 5;
    private static final double MOST_SECONDS = 60;
    private static final double NANOS = 1e9;

    private final double[] fastest;

    private Rounds(int works) {
        fastest = new double[works];
        Arrays.fill(fastest, Double.MAX_VALUE);
    }

    /** Runs each work once to warm up, then all of them in five rounds, more while they take less than five seconds, fewer where a minute is over. */
    static Rounds of(Runnable... works) {
        for (Runnable work : works) {
            work.run();
        }
        Rounds rounds = new Rounds(works.length);
        double sum = 0;
        for (int round = 0; sum < MOST_SECONDS && (round < LEAST || sum < LEAST_SECONDS); round++) {
            for (int i = 0; i < works.length; i++) {
                long start = System.nanoTime();
                works[i].run();
                double seconds = (System.nanoTime() - start) / NANOS;
                rounds.fastest[i] = Math.min(rounds.fastest[i], seconds);
                sum += seconds;
            }
        }
        return rounds;
    }

    /** Seconds of the fastest run of a work. */
    double fastest(int work) {
        return fastest[work];
    }
}
