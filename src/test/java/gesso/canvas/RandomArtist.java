package gesso.canvas;

import gesso.image.Region;
import gesso.request.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** An artist who does the same things for the same seed: strokes, layers, accepts, undo and redo. */
final class RandomArtist {
    private static final List<LayerKind> KINDS = List.of(LayerKind.values());

    static final Region PAPER = new Region(-64, 0, 700, 500);

    private final CanvasDocument document;
    private final Random random;

    RandomArtist(CanvasDocument document, long seed) {
        this.document = document;
        this.random = new Random(seed);
    }

    /** One step, which is one record in a journal. */
    void step() {
        List<Layer> layers = document.layers();
        int what = random.nextInt(10);
        if (layers.isEmpty() || what == 0) {
            LayerKind kind = KINDS.get(random.nextInt(KINDS.size()));
            Picture base = kind.isLevels() || random.nextBoolean() ? null : noise();
            Layer layer =
                    document.newLayer(kind, new Look("l" + random.nextInt(), true, 0.7, random.nextInt(90), 3), base);
            document.perform(new Change.Several(List.of(
                    new Change.Presence(layer, layers.size(), true),
                    new Change.Extent(document.span(), new Change.Span(PAPER, PAPER)))));
        } else if (what == 1 && document.history().canUndo()) {
            document.undo();
        } else if (what == 2 && document.history().canRedo()) {
            document.redo();
        } else if (what == 3 && layers.size() > 1) {
            document.perform(new Change.Order(0, layers.size() - 1));
        } else if (what == 4 && layers.size() > 3) {
            document.perform(new Change.Presence(layers.get(1), 1, false));
        } else {
            stroke(layers.get(random.nextInt(layers.size())));
        }
    }

    private void stroke(Layer layer) {
        Painting painting = new Painting(
                layer, random.nextInt(4) == 0 ? Ink.ERASER : Ink.of(random.nextInt() | 0xFF000000), 0.8, PAPER);
        Brush brush = new Brush(5 + random.nextInt(60), random.nextDouble(), 1, 0.3);
        BrushStroke stroke = new BrushStroke(painting, brush, random.nextInt(500), random.nextInt(400), 1);
        stroke.begin();
        for (int i = 0; i < 4; i++) {
            stroke.to(random.nextInt(500), random.nextInt(400), random.nextDouble());
        }
        stroke.end();
        Change change = painting.end();
        document.perform(change == null ? new Change.Parameter("seed", "1", "2") : change);
    }

    private Picture noise() {
        int[] argb = new int[90 * 70];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = random.nextInt();
        }
        return new Picture(90, 70, argb);
    }

    /** Paints until it is killed; says what is safe. Arguments: the journal, the seed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Journal.Opened opened = Journal.open(Path.of(arguments[0]), e -> {
            throw new IllegalStateException(e);
        });
        opened.journal().onWritten(count -> {
            System.out.println(count);
            System.out.flush();
        });
        RandomArtist artist = new RandomArtist(opened.document(), Long.parseLong(arguments[1]));
        while (true) {
            artist.step();
            Thread.sleep(1); // a hand is slower than a disk
        }
    }
}
