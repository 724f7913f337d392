package gesso.weights;

import java.math.BigInteger;

/** How pickles write numbers, and the texts of the oldest protocol. */
final class PickleScalars {
    private static final int MAX_INTEGER = 64; // bytes; Python's own whole numbers have no end

    private PickleScalars() {}

    static void protocol(int version) throws Malformed {
        if (version > 5) {
            throw new Malformed("it is written in pickle's version " + version + ", which is unknown");
        }
    }

    static Object number(String line) throws Malformed {
        // Protocol 0 writes True as 01, False as 00, and an L behind what was a long.
        if (line.equals("01") || line.equals("00")) {
            return line.equals("01");
        }
        try {
            return Long.parseLong(line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
        } catch (NumberFormatException e) {
            throw new Malformed("a number in it cannot be read");
        }
    }

    static Object decimal(String line) throws Malformed {
        try {
            return Double.parseDouble(line);
        } catch (NumberFormatException e) {
            throw new Malformed("a number in it cannot be read");
        }
    }

    static Object integer(byte[] little) throws Malformed {
        if (little.length > MAX_INTEGER) {
            throw new Malformed("a number in it is too large");
        }
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        BigInteger value = big.length == 0 ? BigInteger.ZERO : new BigInteger(big);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    static String unquoted(String line) throws Malformed {
        if (line.length() < 2 || line.charAt(0) != line.charAt(line.length() - 1)) {
            throw new Malformed("a text in it has no end");
        }
        return line.substring(1, line.length() - 1);
    }
}
