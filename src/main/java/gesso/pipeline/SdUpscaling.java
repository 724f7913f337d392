package gesso.pipeline;

import gesso.image.Blending;
import gesso.image.GeneratedPicture;
import gesso.image.Region;
import gesso.image.TileGrid;
import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Picture;
import gesso.request.Rework;
import gesso.request.SdUpscale;
import gesso.request.SeedSettings;
import gesso.request.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A1111's script "SD upscale": the source is enlarged once, and each tile of it is a picture of its own to rework, tile i with
 * the seed of its picture plus i.
 */
final class SdUpscaling implements PictureMaker {
    /** The ground under transparency. */
    private static final int WHITE = 0xFFFFFF;

    private final GenerationRequest request;
    private final BiFunction<GenerationRequest, Engine.Listener, PictureRun> runs;
    private final Upscaling.ForJob enlarger;
    private final Engine.Listener listener;
    private final Rework rework;
    private final SdUpscale asked;
    private final Size enlarged;
    private final Size tile;
    private final TileGrid grid;
    private @Nullable Picture source;
    private @Nullable PictureRun last;

    /**
     * Nothing is computed yet.
     *
     * @param runs what makes one tile, heard by a listener
     * @throws InvalidRequest where the source is too small, or something else was asked for that tiles cannot have
     */
    SdUpscaling(
            GenerationRequest request,
            Rework rework,
            SdUpscale asked,
            BiFunction<GenerationRequest, Engine.Listener, PictureRun> runs,
            Upscaling.ForJob enlarger,
            Engine.Listener listener) {
        this.request = request;
        this.rework = rework;
        this.asked = asked;
        this.runs = runs;
        this.enlarger = enlarger;
        this.listener = listener;
        check();
        enlarged = asked.enlarged(rework.source().size());
        tile = new Size(
                side(enlarged.width(), request.size().width()),
                side(enlarged.height(), request.size().height()));
        boolean whole = tile.equals(request.size());
        int most = Math.min(tile.width(), tile.height()) / 2;
        grid = new TileGrid(enlarged, tile, whole ? asked.overlap() : Math.min(asked.overlap(), most));
        enlarger.check(asked.upscaler());
    }

    private void check() {
        if (rework.inpaint() != null || rework.strengthMap() != null) {
            throw new InvalidRequest(
                    "sd-upscale", "SD upscale reworks all of the picture; take the mask off, or the strength map.");
        }
        if (request.batchSize() > 1) {
            throw new InvalidRequest(
                    "batch", "SD upscale makes one picture at a time; set the batch size to 1, and the count higher.");
        }
    }

    /** A tile is no larger than the picture. */
    private static int side(int enlarged, int asked) {
        int least = GenerationRequest.SMALLEST_SIDE;
        if (enlarged < least) {
            throw new InvalidRequest(
                    "sd-upscale",
                    "The enlarged picture needs %d pixels a side; choose a larger factor.".formatted(least));
        }
        return Math.min(asked, enlarged / GenerationRequest.SIDE_STEP * GenerationRequest.SIDE_STEP);
    }

    @Override
    public Picture make(int index, PicturePrompts prompts) {
        Picture whole = source;
        if (whole == null) {
            Picture flat = Blending.flatten(rework.source(), WHITE);
            whole = enlarged.equals(flat.size()) ? flat : enlarger.enlarge(flat, enlarged, asked.upscaler());
            source = whole;
        }
        SeedSettings seeds = request.seeds().forPicture(index);
        List<Region> tiles = grid.tiles();
        List<Picture> made = new ArrayList<>();
        for (Region region : tiles) {
            Rework part = rework.withSource(Blending.crop(whole, region));
            SeedSettings own = seeds.withSeed(seeds.seed() + made.size());
            PictureRun run = runs.apply(
                    request.edit(e ->
                            e.rework(part).sdUpscale(null).size(tile).seeds(own).batch(1, 1)),
                    new Heard(index, made.size(), tiles.size()));
            made.add(run.make(0, prompts));
            last = run;
        }
        return grid.combine(made);
    }

    @Override
    public Map<String, String> facts() {
        return last == null ? Map.of() : last.facts();
    }

    @Override
    public Checkpoint finisher() {
        if (last == null) {
            throw new IllegalStateException("no picture is made yet");
        }
        return last.finisher();
    }

    /** What a tile's run says, as part of its picture's: its steps are some of the picture's. */
    private final class Heard implements Engine.Listener {
        private final int picture;
        private final int done;
        private final int tiles;

        Heard(int picture, int done, int tiles) {
            this.picture = picture;
            this.done = done;
            this.tiles = tiles;
        }

        @Override
        public void step(Engine.Step step) {
            listener.step(new Engine.Step(
                    picture,
                    request.pictures(),
                    done * step.total() + step.index(),
                    tiles * step.total(),
                    step.sigma(),
                    step.preview()));
        }

        @Override
        public void decoding(int index) {
            listener.decoding(picture);
        }

        @Override
        public void picture(GeneratedPicture tile) {}

        @Override
        public void loading(String network) {
            listener.loading(network);
        }

        @Override
        public void progress(String task, int part, int total) {
            listener.progress(task, part, total);
        }

        @Override
        public KeptSteps kept() {
            return listener.kept();
        }

        @Override
        public void notice(String sentence) {
            listener.notice(sentence);
        }
    }
}
