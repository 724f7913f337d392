package gesso.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import gesso.request.Picture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {
    /** A red square of a side at a place on a white ground. */
    private static Picture square(int width, int height, int side, int x, int y) {
        int[] argb = new int[width * height];
        Arrays.fill(argb, 0xffffffff);
        for (int row = y; row < y + side; row++) {
            Arrays.fill(argb, row * width + x, row * width + x + side, 0xffcc2222);
        }
        return new Picture(width, height, argb);
    }

    @ParameterizedTest
    @CsvSource({"100, 100, 25, 30, 40", "200, 100, 25, 150, 3", "100, 200, 40, 55, 155"})
    void aSmallSubjectFillsTheCloseUp(int width, int height, int side, int x, int y) {
        Picture close = Subject.closeUp(square(width, height, side, x, y));
        int expected = (int) Math.ceil(side * 1.24);
        assertEquals(expected, close.width());
        assertEquals(expected, close.height());
        long red = Arrays.stream(close.argb()).filter(p -> p == 0xffcc2222).count();
        assertEquals((long) side * side, red);
    }

    @Test
    void aLargeOneABusyGroundAndNothingAtAllStay() {
        Picture large = square(100, 100, 80, 10, 10);
        assertSame(large, Subject.closeUp(large));
        Picture corner = square(100, 100, 20, 0, 0);
        assertSame(corner, Subject.closeUp(corner));
        Picture empty = square(100, 100, 0, 0, 0);
        assertSame(empty, Subject.closeUp(empty));
        Picture speck = square(100, 100, 2, 50, 50);
        assertSame(speck, Subject.closeUp(speck));
    }
}
