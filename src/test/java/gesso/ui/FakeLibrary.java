package gesso.ui;

import gesso.library.Download;
import gesso.library.InstalledModel;
import gesso.library.LibraryEntry;
import gesso.library.ModelFacts;
import gesso.library.ModelMarks;
import gesso.library.Shelf;
import gesso.library.SideCar;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Size;
import gesso.ui.models.ModelLibraryService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A library in memory. */
final class FakeLibrary implements ModelLibraryService {
    private static final Path ROOT = Path.of("/models");

    final List<LibraryEntry> entries = new CopyOnWriteArrayList<>(List.of(
            entry("painter", Fakes.MODEL, Shelf.CHECKPOINT),
            entry("painter-large", Fakes.LARGE_MODEL, Shelf.CHECKPOINT),
            entry("half", ROOT.resolve("half.safetensors"), Shelf.CHECKPOINT),
            entry("Ink", ROOT.resolve("Lora/Ink.safetensors"), Shelf.LORA),
            entry("Flat", ROOT.resolve("Lora/Flat.safetensors"), Shelf.LORA),
            entry("easynegative", ROOT.resolve("embeddings/easynegative.pt"), Shelf.EMBEDDING),
            entry("bright.vae", ROOT.resolve("bright.vae.safetensors"), Shelf.VAE)));
    final List<Path> added = new CopyOnWriteArrayList<>();
    volatile Runnable changed = () -> {};

    static LibraryEntry entry(String name, Path path, Shelf shelf) {
        return new LibraryEntry(
                new InstalledModel(name, path, ROOT, 2_000_000_000L, null), 0, shelf, null, null, false, "");
    }

    private static ModelFacts facts(LibraryEntry entry) {
        boolean half = entry.name().equals("half");
        return new ModelFacts(
                entry.shelf(),
                half ? "unknown" : entry.shelf().id(),
                entry.name(),
                half ? "unknown" : "Stable Diffusion 1",
                half ? "" : "Stable Diffusion 1",
                "one file",
                "fp16",
                "",
                new Size(512, 512),
                false,
                half,
                half ? "half.safetensors is not complete." : "");
    }

    @Override
    public List<LibraryEntry> list() {
        return List.copyOf(entries);
    }

    @Override
    public void look(List<LibraryEntry> listed, Consumer<LibraryEntry> each) {
        for (LibraryEntry e : listed) {
            each.accept(new LibraryEntry(
                    e.model(), e.modified(), e.shelf(), facts(e), e.preview(), e.favourite(), e.note()));
        }
    }

    @Override
    public LibraryEntry mark(LibraryEntry entry, ModelMarks.Mark mark) {
        LibraryEntry marked = new LibraryEntry(
                entry.model(),
                entry.modified(),
                entry.shelf(),
                entry.facts(),
                entry.preview(),
                mark.favourite(),
                mark.note());
        List<LibraryEntry> all = new ArrayList<>(entries);
        all.replaceAll(e -> e.path().equals(entry.path()) ? marked : e);
        entries.clear();
        entries.addAll(all);
        return marked;
    }

    @Override
    public SideCar about(LibraryEntry entry) {
        return entry.name().equals("Ink")
                ? new SideCar("Ink wash", List.of("inkwash", "brush strokes"), "Soft ink.", 0.8)
                : new SideCar("", List.of(), "", 0);
    }

    @Override
    public void addFolder(Path folder) {
        added.add(folder);
        entries.add(entry("found", folder.resolve("found.safetensors"), Shelf.CHECKPOINT));
    }

    @Override
    public String add(String what, Download.Progress progress, CancelToken token) {
        if (what.contains("broken")) {
            throw new BadInput("There is no file at this address.");
        }
        progress.received(1, 2);
        if (what.contains("slow")) {
            CountDownLatch cancelled = new CountDownLatch(1);
            try (CancelToken.Registration unused = token.onCancel(cancelled::countDown)) {
                cancelled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            token.check();
        }
        entries.add(entry("loaded", ROOT.resolve("loaded.safetensors"), Shelf.CHECKPOINT));
        return what + " is here.";
    }

    @Override
    public void watch(Runnable heard) {
        changed = heard;
    }
}
