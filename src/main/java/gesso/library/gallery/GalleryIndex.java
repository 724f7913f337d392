package gesso.library.gallery;

import gesso.request.GessoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/**
 * The SQLite file that finds pictures. It can be deleted at any time; one that is broken, or of another version, is made
 * anew, empty. Where no file can be written it lies in memory. For one thread at a time.
 */
final class GalleryIndex implements AutoCloseable {
    /** Of the tables; another number: another Gesso made it. */
    private static final int VERSION = 2;

    private static final int WAIT_MILLIS = 5000;

    /**
     * What is searched by number lies apart from the long texts, so that looking through all of it reads little. The ids
     * grow with the time, so that the newest of a search come first without a sort.
     */
    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE picture (id INTEGER PRIMARY KEY, folder TEXT NOT NULL, name TEXT NOT NULL, stamp TEXT NOT NULL,
                taken INTEGER NOT NULL, model TEXT NOT NULL, seed INTEGER, width INTEGER NOT NULL, height INTEGER NOT NULL,
                sampler TEXT NOT NULL, steps INTEGER, cfg REAL, denoise REAL, program TEXT NOT NULL, job TEXT NOT NULL,
                pixels TEXT NOT NULL, source TEXT NOT NULL, rating INTEGER NOT NULL, tags TEXT NOT NULL,
                UNIQUE (folder, name))""",
            """
            CREATE TABLE texts (id INTEGER PRIMARY KEY, path TEXT NOT NULL, prompt TEXT NOT NULL, negative TEXT NOT NULL,
                settings TEXT NOT NULL, note TEXT NOT NULL)""",
            "CREATE INDEX by_job ON picture (job, id)",
            "CREATE INDEX by_pixels ON picture (pixels) WHERE pixels != ''",
            "CREATE INDEX by_source ON picture (source) WHERE source != ''",
            """
            CREATE VIRTUAL TABLE words USING fts5 (text, content='', contentless_delete=1,
                tokenize='unicode61 remove_diacritics 2')""",
            "PRAGMA user_version = " + VERSION);

    private final @Nullable Path file;
    private Connection connection;
    private int beginnings;

    /** What is done with the tables. */
    interface Work<T> {
        T run(Connection tables) throws SQLException;
    }

    /** @param file of the index; null: in memory */
    GalleryIndex(@Nullable Path file) {
        this.file = file;
        this.connection = open(file);
    }

    /**
     * Does something with the tables; where they turn out to be broken, once more with new, empty ones.
     *
     * @throws GessoException where that fails too
     */
    <T> T run(Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException broken) {
            if (!isBroken(broken)) {
                throw new GessoException("The gallery's index does not answer; try again in a moment.", broken);
            }
            System.getLogger("gesso").log(System.Logger.Level.DEBUG, "The gallery's index is made anew.", broken);
            try {
                startOver();
                return work.run(connection);
            } catch (SQLException e) {
                throw new GessoException("The gallery's index cannot be used; delete %s.".formatted(file), e);
            }
        }
    }

    /** Not so where another program holds it, or the disk is full. */
    private static boolean isBroken(SQLException e) {
        boolean damaged = e instanceof SQLiteException known
                && switch (known.getResultCode()) {
                    case SQLITE_CORRUPT, SQLITE_CORRUPT_VTAB, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_FORMAT -> true;
                    default -> known.getResultCode().name().startsWith("SQLITE_IOERR");
                };
        return damaged || String.valueOf(e.getMessage()).contains("no such table");
    }

    /** How often it was made anew. */
    int beginnings() {
        return beginnings;
    }

    /** Empties it. */
    void startOver() {
        beginnings++;
        close();
        connection = open(remove(file) ? file : null);
    }

    /** Everything or nothing. */
    <T> T together(Work<T> work) {
        return run(tables -> {
            tables.setAutoCommit(false);
            try {
                T result = work.run(tables);
                tables.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                tables.rollback();
                throw e;
            } finally {
                tables.setAutoCommit(true);
            }
        });
    }

    private static Connection open(@Nullable Path file) {
        try {
            if (file != null) {
                Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            }
            return connect(file);
        } catch (SQLException | IOException first) {
            try {
                return connect(remove(file) ? file : null);
            } catch (SQLException e) {
                try {
                    return connect(null);
                } catch (SQLException never) {
                    throw new GessoException("The gallery's index cannot be made.", never);
                }
            }
        }
    }

    private static Connection connect(@Nullable Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // A power cut may cost the last entries, which the next scan finds again.
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(WAIT_MILLIS);
        config.setCacheSize(-16_000);
        Connection made = DriverManager.getConnection(
                "jdbc:sqlite:" + (file == null ? ":memory:" : file.toAbsolutePath()), config.toProperties());
        try (Statement statement = made.createStatement()) {
            int version;
            boolean empty;
            try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
                version = result.getInt(1);
            }
            try (ResultSet result = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
                empty = result.getInt(1) == 0;
            }
            if (version != VERSION && !empty) {
                throw new SQLException("version " + version);
            }
            if (empty) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
            return made;
        } catch (SQLException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    /** Whether the file's place is free now. */
    private static boolean remove(@Nullable Path file) {
        if (file == null) {
            return false;
        }
        try {
            for (String ending : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static void set(PreparedStatement statement, List<?> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger("gesso").log(System.Logger.Level.DEBUG, "The gallery's index did not close.", e);
        }
    }
}
