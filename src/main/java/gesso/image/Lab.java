package gesso.image;

/**
 * CIE L*a*b* in 8 bits (L·255/100, a+128, b+128) from and to sRGB, in the integer arithmetic of OpenCV's {@code cvtColor},
 * to the bit.
 */
final class Lab {
    private static final int SHIFT = 12;
    private static final int CUBE_ROOT_SHIFT = 15;
    private static final int ONE = 1 << 14;

    /** The smallest f(X) or f(Z) that eight bits of a and b can give. */
    private static final int LOWEST_F = -8145;

    // sRGB to XYZ over the white point D65, and back, in 4096ths.
    private static final int[][] TO_XYZ = {{1777, 1541, 778}, {871, 2929, 296}, {73, 448, 3575}};
    private static final int[][] FROM_XYZ = {{12615, -6296, -2223}, {-3773, 7684, 185}, {217, -836, 4715}};

    private static final int[] LINEAR = linear();
    private static final int[] CUBE_ROOT = cubeRoot();
    private static final int[] GAMMA = gamma();
    private static final int[] Y = new int[256];
    private static final int[] FY = new int[256];
    private static final int[] XZ = xz();

    static {
        lightness();
    }

    private Lab() {}

    /** 0xRRGGBB to L, a, b in the same places. */
    static int fromRgb(int rgb) {
        int r = LINEAR[rgb >> 16 & 255];
        int g = LINEAR[rgb >> 8 & 255];
        int b = LINEAR[rgb & 255];
        int[] f = new int[3];
        for (int i = 0; i < 3; i++) {
            f[i] = CUBE_ROOT[rounded(r * TO_XYZ[i][0] + g * TO_XYZ[i][1] + b * TO_XYZ[i][2], SHIFT)];
        }
        int scale = (116 * 255 + 50) / 100;
        int shift = -((16 * 255 * (1 << CUBE_ROOT_SHIFT) + 50) / 100);
        int middle = 128 << CUBE_ROOT_SHIFT;
        int lightness = byteOf(rounded(scale * f[1] + shift, CUBE_ROOT_SHIFT));
        int a = byteOf(rounded(500 * (f[0] - f[1]) + middle, CUBE_ROOT_SHIFT));
        int bb = byteOf(rounded(200 * (f[1] - f[2]) + middle, CUBE_ROOT_SHIFT));
        return lightness << 16 | a << 8 | bb;
    }

    /** L, a, b as {@link #fromRgb} gives them to 0xRRGGBB. */
    static int toRgb(int lab) {
        int lightness = lab >> 16 & 255;
        int a = ((5 * (lab >> 8 & 255) * 53687 + (1 << 7)) >> 13) - 128 * ONE / 500;
        int b = (((lab & 255) * 41943 + (1 << 4)) >> 9) - 128 * ONE / 200 + 1;
        int x = XZ[FY[lightness] + a - LOWEST_F];
        int y = Y[lightness];
        int z = XZ[FY[lightness] - b - LOWEST_F];
        int rgb = 0;
        for (int[] row : FROM_XYZ) {
            int linear = rounded(row[0] * x + row[1] * y + row[2] * z, SHIFT + 2);
            rgb = rgb << 8 | GAMMA[Math.min(Math.max(linear, 0), 4095)];
        }
        return rgb;
    }

    private static int rounded(int value, int bits) {
        return (value + (1 << (bits - 1))) >> bits;
    }

    private static int byteOf(int value) {
        return Math.min(Math.max(value, 0), 255);
    }

    /** sRGB's curve undone: 0–2040. */
    private static int[] linear() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            double x = i / 255.0;
            double y = x <= 0.04045 ? x / 12.92 : StrictMath.pow((x + 0.055) / 1.055, 2.4);
            table[i] = (int) Math.rint(2040 * y);
        }
        return table;
    }

    private static int[] cubeRoot() {
        int[] table = new int[256 * 3 / 2 * 8];
        for (int i = 0; i < table.length; i++) {
            double x = i / 2040.0;
            double f = x < 216 / 24389.0 ? x * (841 / 108.0) + 16 / 116.0 : StrictMath.cbrt(x);
            table[i] = (int) Math.rint((1 << CUBE_ROOT_SHIFT) * f);
        }
        // Two entries lie so close to a half that OpenCV's single precision rounds them the other way.
        table[49]--;
        table[628]++;
        return table;
    }

    /** sRGB's curve for 4096 linear values. */
    private static int[] gamma() {
        int[] table = new int[4096];
        for (int i = 0; i < table.length; i++) {
            double x = i / 4096.0;
            double y = x <= 0.0031308 ? 12.92 * x : 1.055 * StrictMath.pow(x, 1 / 2.4) - 0.055;
            table[i] = (int) Math.rint(255f * (float) y);
        }
        return table;
    }

    private static void lightness() {
        for (int i = 0; i < 256; i++) {
            if (i <= 20) {
                Y[i] = Math.round((float) (i * ONE * 20 * 9) / (17 * 29 * 29 * 29));
                FY[i] = Math.round(ONE * (16f / 116f + (float) (i * 5) / (3 * 17 * 29)));
            } else {
                float f = (float) (i * 100 * ONE) / (255 * 116) + (float) (16 * ONE) / 116;
                FY[i] = Math.round(f);
                Y[i] = Math.round(f * f * f / ((float) ONE * ONE));
            }
        }
    }

    private static int[] xz() {
        int[] table = new int[ONE * 9 / 4];
        for (int i = 0; i < table.length; i++) {
            int f = i + LOWEST_F;
            table[i] = f <= 3390 ? f * 108 / 841 - ONE * 16 / 116 * 108 / 841 : f * f / ONE * f / ONE;
        }
        return table;
    }
}
