package gesso.pipeline;

import gesso.image.Blending;
import gesso.image.Enlarging;
import gesso.image.Fitting;
import gesso.image.PixelUpscaler;
import gesso.image.Region;
import gesso.image.Resampling;
import gesso.image.TileBlend;
import gesso.request.CancelToken;
import gesso.request.InvalidRequest;
import gesso.request.NotEnoughMemory;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.UpscalerModel;
import gesso.tensor.FloatTensor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Pictures made larger, by a filter or by a network that sees them tile by tile. */
final class Upscaling {
    /** As A1111's. */
    private static final int TILE = 192;

    /** The ground under transparency. */
    private static final int WHITE = 0xFFFFFF;

    private static final int SMALLEST_TILE = 48;
    private static final int OVERLAP = 16;
    /** A network that keeps the size would else run for ever. */
    private static final int MOST_PASSES = 3;

    private final Models models;
    private final Function<String, Path> files;

    /**
     * Nothing is loaded yet.
     *
     * @param files the file of an upscaler by its name; says what is wrong with it where there is none
     */
    Upscaling(Models models, Function<String, Path> files) {
        this.models = models;
        this.files = files;
    }

    /** The same for one job. */
    ForJob forJob(CancelToken token, Engine.Listener listener) {
        return new ForJob(token, listener);
    }

    /** What upscalers do in one job, which can be cancelled and hears how they get on. */
    final class ForJob {
        private final CancelToken token;
        private final Engine.Listener listener;

        private ForJob(CancelToken token, Engine.Listener listener) {
            this.token = token;
            this.listener = listener;
        }

        /** Does nothing where there is an upscaler of that name. @throws gesso.request.BadInput where there is not */
        void check(String upscaler) {
            if (PixelUpscaler.find(upscaler).isEmpty()) {
                Path unused = files.apply(upscaler);
            }
        }

        /**
         * The rework with its source brought to the pictures' size by its own upscaler, as A1111 does before the resize mode has
         * its turn; as it is where it names none, or nothing becomes larger.
         *
         * @throws InvalidRequest where there is a mask, or only the latent is enlarged
         */
        Rework enlarged(Rework rework, Size output) {
            String upscaler = rework.upscaler();
            if (upscaler == null) {
                return rework;
            }
            if (rework.inpaint() != null || rework.strengthMap() != null) {
                throw new InvalidRequest(
                        "upscaler",
                        "An upscaler enlarges whole pictures; take it off, or the mask, or the strength map.");
            }
            if (rework.resizeMode() == ResizeMode.LATENT_UPSCALE) {
                throw new InvalidRequest(
                        "upscaler", "\"Just resize (latent upscale)\" enlarges by itself; take the upscaler off.");
            }
            Picture source = Blending.flatten(rework.source(), WHITE);
            Size to = Fitting.whole(rework.resizeMode(), source.size(), output);
            check(upscaler);
            return to.width() > source.width() || to.height() > source.height()
                    ? rework.withSource(enlarge(source, to, upscaler))
                    : rework;
        }

        /**
         * The picture at that size: with a network enlarged as often as it takes to reach it, then brought to it, as A1111 does.
         *
         * @param upscaler a name or a file
         */
        Picture enlarge(Picture picture, Size to, String upscaler) {
            return Upscaling.this.enlarge(picture, to, upscaler, token, listener);
        }
    }

    private Picture enlarge(Picture picture, Size to, String upscaler, CancelToken token, Engine.Listener listener) {
        Optional<PixelUpscaler> filter = PixelUpscaler.find(upscaler);
        if (filter.isPresent()) {
            return filter.get().enlarge(picture, to);
        }
        try (Lease<UpscalerModel> lease = models.upscaler(files.apply(upscaler))) {
            Picture grown = picture;
            for (int pass = 0; pass < MOST_PASSES; pass++) {
                if (pass > 0 && grown.width() >= to.width() && grown.height() >= to.height()) {
                    break;
                }
                grown = pass(lease.get(), grown, token, listener);
                if (lease.get().scale() == 1) {
                    break;
                }
            }
            return Enlarging.withAlphaOf(picture, Resampling.LANCZOS.resize(grown, to.width(), to.height()));
        }
    }

    /** Once through the network, in smaller tiles where memory does not suffice. */
    private static Picture pass(UpscalerModel model, Picture picture, CancelToken token, Engine.Listener listener) {
        int tile = TILE;
        while (true) {
            try {
                return tiled(model, picture, tile, token, listener);
            } catch (NotEnoughMemory e) {
                int smaller = Math.min(tile, Math.max(picture.width(), picture.height())) / 2;
                if (smaller < SMALLEST_TILE) {
                    throw e;
                }
                tile = smaller;
                listener.notice(
                        "There is not enough memory for tiles that large: the picture is enlarged in tiles of %d pixels."
                                .formatted(tile));
            }
        }
    }

    private static Picture tiled(
            UpscalerModel model, Picture picture, int most, CancelToken token, Engine.Listener listener) {
        int side = Math.min(Math.max(most / model.multiple(), 1) * model.multiple(), model.largest());
        TileBlend tiles = new TileBlend(picture.size(), side, Math.min(OVERLAP, side / 3), model.scale());
        return tiles.make((index, region) -> {
            token.check();
            FloatTensor made = tile(model, picture, region, token);
            listener.progress("Upscaling", index + 1, tiles.count());
            return made;
        });
    }

    private static FloatTensor tile(UpscalerModel model, Picture picture, Region region, CancelToken token) {
        FloatTensor image = Enlarging.toTensor(picture, region, model.multiple());
        FloatTensor made = model.enlarge(image, token);
        return Enlarging.cut(made, region.width() * model.scale(), region.height() * model.scale());
    }
}
