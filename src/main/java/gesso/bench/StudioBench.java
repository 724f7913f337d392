package gesso.bench;

import gesso.canvas.Brush;
import gesso.canvas.BrushStroke;
import gesso.canvas.CanvasDocument;
import gesso.canvas.Change;
import gesso.canvas.Ink;
import gesso.canvas.Layer;
import gesso.canvas.LayerKind;
import gesso.canvas.Look;
import gesso.canvas.Painting;
import gesso.canvas.Shapes;
import gesso.canvas.ViewRenderer;
import gesso.canvas.Viewpoint;
import gesso.image.Region;
import gesso.request.Picture;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the canvas costs without a screen: from a pointer's move to the view's pixels. */
final class StudioBench {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;
    private static final int MOVES = 400;

    private StudioBench() {}

    /** The figures, a line each. */
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int side : new int[] {4096, 8192}) {
            for (boolean fitted : new boolean[] {true, false}) {
                double[][] millis = strokes(side, fitted);
                double mean = Arrays.stream(millis[0]).average().orElse(0);
                // A machine that does other work besides makes single moves wait; the processor's time does not show
                // that.
                lines.add("stroke, %d²%s: p50 %.1f ms, p99 %.1f ms (of the processor %.1f ms), %.0f moves a second"
                        .formatted(
                                side,
                                fitted ? ", all in view" : ", 1:1",
                                millis[0][MOVES / 2],
                                millis[0][MOVES * 99 / 100],
                                millis[1][MOVES * 99 / 100],
                                1000 / mean));
            }
        }
        lines.add(memory());
        return lines;
    }

    private static CanvasDocument document(int side) {
        CanvasDocument document = new CanvasDocument();
        int[] argb = new int[side * side];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = 0xFF000000 | ((i * 0x9E3779B1) >>> 8);
        }
        Region all = new Region(0, 0, side, side);
        add(document, LayerKind.SOURCE, new Picture(side, side, argb));
        document.perform(new Change.Extent(document.span(), new Change.Span(all, all)));
        return document;
    }

    private static Layer add(CanvasDocument document, LayerKind kind, Picture... base) {
        Layer layer = document.newLayer(kind, new Look("", true, 0.5, 0, 0), base.length == 0 ? null : base[0]);
        document.perform(new Change.Presence(layer, document.layers().size(), true));
        return layer;
    }

    /** Sorted milliseconds of each move of a brush of 200 pixels, painted and drawn: by the clock, and of the processor. */
    private static double[][] strokes(int side, boolean fitted) {
        CanvasDocument document = document(side);
        Layer mask = add(document, LayerKind.MASK);
        Region all = new Region(0, 0, side, side);
        ViewRenderer renderer = new ViewRenderer(document);
        double middle = side / 2.0;
        renderer.look(
                fitted ? Viewpoint.fitting(all, WIDTH, HEIGHT, 16) : new Viewpoint(middle, middle, 1, 0, false),
                WIDTH,
                HEIGHT);
        IntBuffer view = IntBuffer.allocate(WIDTH * HEIGHT);
        renderer.draw(new Region(0, 0, WIDTH, HEIGHT), view);
        double reach = fitted ? side * 0.4 : 350;
        double[] millis = new double[MOVES];
        double[] processor = new double[MOVES];
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 2; round++) { // the first warms up
            Painting painting = new Painting(mask, round == 0 ? Ink.ERASER : Ink.WHITE, 1, all);
            BrushStroke stroke = new BrushStroke(painting, new Brush(200, 0.8, 1, 0), middle + reach, middle, 1);
            stroke.begin();
            for (int i = 0; i < MOVES; i++) {
                double angle = 2 * Math.PI * i / MOVES;
                long start = System.nanoTime();
                long startOfProcessor = threads.getCurrentThreadCpuTime();
                Region touched = stroke.to(middle + reach * Math.cos(angle), middle + reach * Math.sin(angle), 1);
                Region screen = touched == null ? null : renderer.changed(touched);
                if (screen != null) {
                    renderer.draw(screen, view);
                }
                millis[i] = (System.nanoTime() - start) / 1e6;
                processor[i] = (threads.getCurrentThreadCpuTime() - startOfProcessor) / 1e6;
            }
            document.performed(painting.end());
        }
        Arrays.sort(millis);
        Arrays.sort(processor);
        return new double[][] {millis, processor};
    }

    private static String memory() {
        System.gc();
        long before = used();
        int side = 8192;
        CanvasDocument document = document(side);
        Region all = new Region(0, 0, side, side);
        for (LayerKind kind : List.of(LayerKind.PAINT, LayerKind.CONTROL, LayerKind.STRENGTH, LayerKind.MASK)) {
            Painting painting = new Painting(add(document, kind), Ink.of(0xFF808080), 1, all);
            painting.cover(Shapes.ellipse(new Region(1024, 1024, 2048, 2048)));
            document.performed(painting.end());
        }
        ViewRenderer renderer = new ViewRenderer(document);
        renderer.look(Viewpoint.fitting(all, WIDTH, HEIGHT, 16), WIDTH, HEIGHT);
        renderer.draw(new Region(0, 0, WIDTH, HEIGHT), IntBuffer.allocate(WIDTH * HEIGHT));
        System.gc();
        double picture = 4.0 * side * side;
        double bytes = used() - before;
        return "memory, 8192² with %d layers: %.0f MB, %.2f × the picture (%s)"
                .formatted(
                        document.layers().size(),
                        bytes / 1e6,
                        bytes / picture,
                        renderer.view().scale() < 1 ? "all in view" : "1:1");
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
