package gesso.ui;

import gesso.job.JobEvent;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.UpscaleRequest;
import gesso.ui.common.Background;
import gesso.ui.common.MadePicture;
import gesso.ui.common.PictureReader;
import gesso.ui.common.UpscaledStore;
import java.util.IdentityHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Makes finished pictures larger, and keeps them beside those they were made of. On the FX thread. */
final class Upscales {
    private final Consumer<UpscaleRequest> submit;
    private final Background background;
    private final PictureReader pictures;
    private final UpscaledStore store;
    private final Consumer<String> notice;
    private final BiConsumer<MadePicture, Picture> made;
    /** By the very picture that is asked for: a job that is tried again has the same. */
    private final IdentityHashMap<Picture, MadePicture> sources = new IdentityHashMap<>();

    /**
     * Nothing is made larger yet.
     *
     * @param notice is told, in a sentence, what keeps a picture from being read or saved
     * @param made is told of a larger picture that is on disk
     */
    Upscales(
            Consumer<UpscaleRequest> submit,
            Background background,
            PictureReader pictures,
            UpscaledStore store,
            Consumer<String> notice,
            BiConsumer<MadePicture, Picture> made) {
        this.submit = submit;
        this.background = background;
        this.pictures = pictures;
        this.store = store;
        this.notice = notice;
        this.made = made;
    }

    void start(MadePicture source, double factor, String upscaler) {
        background.run(
                () -> new UpscaleRequest(pictures.read(source.file()), factor, upscaler),
                request -> {
                    sources.put(request.picture(), source);
                    submit.accept(request);
                },
                this::say);
    }

    /** Follows the queue. */
    void accept(JobEvent event) {
        if (event instanceof JobEvent.Upscaled upscaled && event.job().work() instanceof UpscaleRequest request) {
            MadePicture source = sources.remove(request.picture());
            if (source != null) {
                background.run(
                        () -> new MadePicture(store.save(upscaled.picture(), source.file(), request), source.request()),
                        larger -> made.accept(larger, upscaled.picture()),
                        this::say);
            }
        }
    }

    private void say(RuntimeException e) {
        notice.accept(e instanceof GessoException known ? known.sentence() : String.valueOf(e));
    }
}
