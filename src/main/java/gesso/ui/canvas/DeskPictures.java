package gesso.ui.canvas;

import gesso.canvas.CanvasDocument;
import gesso.canvas.Compositor;
import gesso.canvas.Layer;
import gesso.canvas.LayerKind;
import gesso.image.Mask;
import gesso.image.MaskedFill;
import gesso.image.Region;
import gesso.request.Picture;
import gesso.ui.common.CanvasParts.Drawing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The document's layers as the pictures of a request, cut out by the frame. */
final class DeskPictures {
    private final CanvasDocument document;

    DeskPictures(CanvasDocument document) {
        this.document = document;
    }

    private static boolean isSeen(Layer layer) {
        return layer.look().visible() && layer.look().opacity() > 0;
    }

    /** Whether part of the frame is beyond the canvas. */
    boolean reachesBeyond() {
        Region frame = document.frame();
        Region paper = paper();
        return frame != null && (paper == null || !paper.contains(frame));
    }

    /** Where pictures are. */
    private @Nullable Region paper() {
        return document.bounds();
    }

    Optional<Picture> source() {
        Region frame = document.frame();
        if (frame == null) {
            return Optional.empty();
        }
        Picture whole = untouched(frame);
        if (whole != null) {
            return Optional.of(whole);
        }
        Picture seen =
                Compositor.picture(document.layers(), layer -> layer.kind().isPicture(), frame);
        return Optional.of(filled(seen));
    }

    /** The one picture that is seen, where nothing is painted on it and the frame is all of it; null: it is not so. */
    private @Nullable Picture untouched(Region frame) {
        List<Layer> seen = document.layers().stream()
                .filter(layer -> layer.kind().isPicture() && isSeen(layer))
                .toList();
        if (seen.size() != 1) {
            return null;
        }
        Layer only = seen.get(0);
        Picture base = only.base();
        return base != null
                        && only.isUntouched()
                        && only.look().opacity() == 1
                        && new Region(only.look().x(), only.look().y(), base.width(), base.height()).equals(frame)
                ? base
                : null;
    }

    private static Picture filled(Picture seen) {
        byte[] missing = new byte[seen.argb().length];
        int[] opaque = seen.argb().clone();
        boolean any = false;
        for (int i = 0; i < missing.length; i++) {
            missing[i] = (byte) (255 - (opaque[i] >>> 24));
            any |= missing[i] != 0;
            opaque[i] |= 0xFF000000;
        }
        Picture flat = new Picture(seen.width(), seen.height(), opaque);
        return any ? MaskedFill.fill(flat, new Mask(seen.width(), seen.height(), missing)) : seen;
    }

    /** The mask, and what of the frame lies beyond the pictures. */
    Optional<Picture> mask() {
        Region frame = document.frame();
        if (frame == null) {
            return Optional.empty();
        }
        byte[] levels = document.first(LayerKind.MASK)
                .map(layer -> Compositor.levels(layer, frame))
                .orElseGet(() -> new byte[frame.width() * frame.height()]);
        Region paper = paper();
        for (int i = 0; paper != null && reachesBeyond() && i < levels.length; i++) {
            int x = frame.x() + i % frame.width();
            int y = frame.y() + i / frame.width();
            if (x < paper.x() || y < paper.y() || x >= paper.right() || y >= paper.bottom()) {
                levels[i] = (byte) 255;
            }
        }
        return Optional.of(new Mask(frame.width(), frame.height(), levels).toPicture());
    }

    Optional<Picture> strengthMap() {
        Region frame = document.frame();
        return frame == null
                ? Optional.empty()
                : document.first(LayerKind.STRENGTH)
                        .map(layer ->
                                new Mask(frame.width(), frame.height(), Compositor.levels(layer, frame)).toPicture());
    }

    List<Drawing> controlDrawings() {
        List<Drawing> all = new ArrayList<>();
        Region frame = document.frame();
        for (Layer layer : document.layers()) {
            if (frame != null && layer.kind() == LayerKind.CONTROL && isSeen(layer)) {
                int[] argb =
                        Compositor.picture(List.of(layer), any -> true, frame).argb();
                for (int i = 0; i < argb.length; i++) {
                    argb[i] = onBlack(argb[i]);
                }
                all.add(new Drawing(layer.look().name(), new Picture(frame.width(), frame.height(), argb)));
            }
        }
        return all;
    }

    private static int onBlack(int colour) {
        int alpha = colour >>> 24;
        return 0xFF000000
                | ((colour >> 16 & 255) * alpha / 255) << 16
                | ((colour >> 8 & 255) * alpha / 255) << 8
                | (colour & 255) * alpha / 255;
    }
}
