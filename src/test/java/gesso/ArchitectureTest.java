package gesso;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which. A new package has to be given its place here. */
class ArchitectureTest {
    /** What each package may import of Gesso, besides request and tensor, which everyone may. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            entry("request", Set.of()),
            entry("tensor", Set.of()),
            entry("prompt", Set.of()),
            entry("sampling", Set.of()),
            entry("weights", Set.of()),
            entry("graph", Set.of("weights")),
            entry("runtime", Set.of("graph", "weights")),
            entry("image", Set.of()),
            entry("canvas", Set.of("image")),
            entry("pipeline", Set.of("graph", "runtime", "sampling", "prompt", "weights", "image")),
            entry("job", Set.of("pipeline", "image", "library")),
            entry("library", Set.of("image", "weights", "prompt", "canvas")),
            entry("command", Set.of("job", "library", "image", "prompt")),
            entry("ui", Set.of("job", "library", "image", "prompt", "canvas")));

    /** The entry and its wiring, and what measures: these see everything, and nobody sees them. */
    private static final Set<String> OUTSIDE = Set.of("", "bench");

    private static final JavaClasses GESSO = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("gesso");

    /** Without classes, or with a package that no rule knows, every other test here would pass for nothing. */
    @Test
    void everyPackageWasSeenAndHasItsPlace() {
        Set<String> seen = GESSO.stream().map(ArchitectureTest::top).collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(MAY_IMPORT.keySet());
        known.addAll(OUTSIDE);
        assertEquals(known, seen);
    }

    static Stream<String> packages() {
        return MAY_IMPORT.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsOnlyWhatItMay(String from) {
        Set<String> allowed = MAY_IMPORT.getOrDefault(from, Set.of());
        String[] others = Stream.concat(MAY_IMPORT.keySet().stream(), Stream.of("bench"))
                .filter(to -> !to.equals(from) && !allowed.contains(to))
                .filter(to -> !to.equals("request") && (!to.equals("tensor") || from.equals("request")))
                .map(to -> "gesso." + to + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("gesso." + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("gesso")
                .check(GESSO);
    }

    @Test
    void requestsKnowNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("gesso.request..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("gesso.request..", "java..", "org.jspecify.annotations")
                .check(GESSO);
    }

    @ParameterizedTest
    @CsvSource({
        "ai.onnxruntime.., runtime",
        "java.awt.., image",
        "javax.imageio.., image",
        "com.twelvemonkeys.., image",
        "com.fasterxml.jackson.., library",
        "java.sql.., library",
        "org.sqlite.., library",
        "javafx.., ui",
        "atlantafx.., ui",
        "org.kordamp.ikonli.., ui",
        "picocli.., command",
    })
    void isImportedByOnePackageAlone(String outside, String only) {
        noClasses()
                .that()
                .resideOutsideOfPackages("gesso." + only + "..", "gesso.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(outside)
                .check(GESSO);
    }

    @Test
    void noTwoPackagesKnowEachOther() {
        slices().matching("gesso.(*)..").should().beFreeOfCycles().check(GESSO);
    }

    /** {@code image} for gesso.image.metadata; empty for gesso itself. */
    private static String top(JavaClass c) {
        return c.getPackageName().replaceFirst("^gesso\\.?", "").replaceFirst("\\..*", "");
    }
}
