package gesso.library.gallery;

import gesso.image.PictureFiles;
import gesso.image.PixelHash;
import gesso.library.gallery.GalleryLibrary.Lineage;
import gesso.request.BadInput;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Which picture was made from which: by the hash of the source's pixels that a rework's file names. */
final class Kinship {
    private static final String UNKNOWN =
            "SELECT 1 FROM picture WHERE source != '' AND source NOT IN (SELECT pixels FROM picture) LIMIT 1";

    private final IndexAccess index;

    Kinship(IndexAccess index) {
        this.index = index;
    }

    Lineage of(GalleryPicture picture) {
        String pixels = pixels(picture);
        String source = text("SELECT source FROM picture WHERE id = ?", List.of(picture.id()));
        return new Lineage(by("pixels", source), by("source", pixels));
    }

    private List<GalleryPicture> by(String column, String hash) {
        return hash.isEmpty() ? List.of() : pictures(column + " = ? AND " + column + " != ''", hash, 100);
    }

    private List<GalleryPicture> pictures(String condition, String value, int most) {
        String sql = "SELECT %s FROM picture JOIN texts USING (id) WHERE %s ORDER BY picture.id DESC LIMIT %d"
                .formatted(IndexRows.COLUMNS, condition, most);
        return index.run(tables -> IndexRows.select(tables, sql, List.of(value), false));
    }

    /** Reads the pixels of pictures whose files do not name them, newest first, until no source is missing. */
    void findSources(int most, BooleanSupplier stopped) {
        for (GalleryPicture picture : pictures("pixels = ?", "", most)) {
            if (stopped.getAsBoolean() || text(UNKNOWN, List.of()).isEmpty()) {
                return;
            }
            String unused = pixels(picture);
        }
    }

    private String pixels(GalleryPicture picture) {
        String known = text("SELECT pixels FROM picture WHERE id = ?", List.of(picture.id()));
        if (!known.isEmpty()) {
            return known;
        }
        try {
            String hash = PixelHash.of(PictureFiles.read(picture.file()));
            boolean unused = index.run(tables -> {
                try (PreparedStatement update = tables.prepareStatement("UPDATE picture SET pixels = ? WHERE id = ?")) {
                    GalleryIndex.set(update, List.of(hash, picture.id()));
                    return update.executeUpdate() > 0;
                }
            });
            return hash;
        } catch (BadInput e) {
            return ""; // what cannot be read has no kin
        }
    }

    /** The first answer; empty where there is none. */
    private String text(String sql, List<?> values) {
        return index.run(tables -> {
            try (PreparedStatement select = tables.prepareStatement(sql)) {
                GalleryIndex.set(select, values);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? rows.getString(1) : "";
                }
            }
        });
    }
}
