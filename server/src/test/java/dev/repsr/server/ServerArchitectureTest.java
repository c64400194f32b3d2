package dev.repsr.server;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.repsr.architecture.ConductRules;
import dev.repsr.architecture.PackageArrows;
import dev.repsr.architecture.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerArchitectureTest {
    private static final String ROOT = "dev.repsr.server";
    private static final String PLANTED = "dev.repsr.server.planted";

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final JavaClasses BROKEN = new ClassFileImporter()
            .importPackages(
                    PLANTED, "dev.repsr.planted", "com.tngtech.archunit.thirdparty.com.google.common.primitives");

    static List<Rule> rules() {
        return rules(ROOT);
    }

    static List<Rule> plantedRules() {
        return rules(PLANTED);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void serverKeeps(Rule rule) {
        rule.check().check(SERVER);
    }

    @ParameterizedTest
    @MethodSource("plantedRules")
    void plantedClassBreaks(Rule rule) {
        assertThat(rule.check().evaluate(BROKEN).getFailureReport().getDetails())
                .anyMatch(line -> line.contains(rule.planted()));
    }

    @Test
    void everyPackageIsInTheTableOfArrows() {
        assertThat(SERVER.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(arrows(ROOT).packages());
    }

    private static List<Rule> rules(String root) {
        List<Rule> rules = new ArrayList<>(arrows(root).rules());
        rules.removeIf(rule -> rule.planted().equals(root + ".Probe"));
        rules.addAll(ConductRules.in("dev.repsr.io"));
        rules.addAll(ConductRules.quietBut(alwaysFalse()));
        rules.add(confined(root, "http", "org.eclipse.jetty.."));
        rules.add(confined(root, "metric", "io.micrometer..", "io.prometheus.."));
        rules.add(new Rule(
                "server knows neither the command line, nor training, nor AWT",
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "picocli..", "dev.repsr.app..", "dev.repsr.train..", "java.awt..", "javax.imageio.."),
                "UsesAwt"));
        rules.add(new Rule(
                "server asks nobody",
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching("java\\.net\\.(http\\..*|Socket|URL|URLConnection|HttpURLConnection)"),
                "OpensConnection"));
        return rules;
    }

    private static Rule confined(String root, String home, String... library) {
        return new Rule(
                library[0] + " lies in " + home,
                noClasses()
                        .that()
                        .resideOutsideOfPackage(root + "." + home)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(library),
                "UsesLibrary");
    }

    private static PackageArrows arrows(String root) {
        return new PackageArrows(
                root,
                Map.of(
                        "", List.of("http", "metric", "work"),
                        "http", List.of("work"),
                        "log", List.of(),
                        "metric", List.of(),
                        "work", List.of()));
    }
}
