package gesso.ui.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import gesso.request.Picture;
import javafx.scene.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class PictureImageTest {
    private static final Picture FIRST = new Picture(2, 2, new int[] {0xff000001, 0xff000002, 0xff000003, 0xff000004});
    private static final Picture SECOND = new Picture(2, 2, new int[] {0xffff0000, 0xff00ff00, 0xff0000ff, 0x80ff0000});

    @Test
    void theEdgeIsThereTwiceAndComesOffAgain() {
        Image image = PictureImage.toEnlarge(FIRST);
        assertEquals(4, image.getWidth());
        int[] top = {0xff000001, 0xff000001, 0xff000002, 0xff000002};
        for (int x = 0; x < 4; x++) {
            assertEquals(top[x], image.getPixelReader().getArgb(x, 0));
            assertEquals(top[x], image.getPixelReader().getArgb(x, 1));
        }
        Image inside = PictureImage.withoutEdge(image);
        assertEquals(2, inside.getWidth());
        assertEquals(0xff000004, inside.getPixelReader().getArgb(1, 1));
    }

    @Test
    void pixelsAreReplacedInPlaceWhileTheSizeStays(FxRobot robot) {
        PictureImage shown = new PictureImage();
        robot.interact(() -> {
            Image first = shown.show(FIRST);
            assertSame(first, shown.show(SECOND));
            assertEquals(0xff00ff00, first.getPixelReader().getArgb(2, 1));
            assertEquals(0x80ff0000, first.getPixelReader().getArgb(2, 2));
            assertNotSame(first, shown.show(new Picture(1, 1, new int[] {0xff123456})));
        });
    }

    @Test
    void aSmallerCopyKeepsTheProportions() {
        Picture small = PictureImage.reduced(new Picture(400, 100, new int[40_000]), 100);
        assertEquals(new gesso.request.Size(100, 25), small.size());
        assertSame(FIRST, PictureImage.reduced(FIRST, 100));
    }
}
