package dev.repsr;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
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

class CoreArchitectureTest {
    private static final String ROOT = "dev.repsr";
    private static final String PLANTED = "dev.repsr.planted";

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final JavaClasses BROKEN = new ClassFileImporter()
            .importPackages(PLANTED, "com.tngtech.archunit.thirdparty.com.google.common.primitives");

    static List<Rule> rules() {
        return rules(ROOT);
    }

    static List<Rule> plantedRules() {
        return rules(PLANTED);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void coreKeeps(Rule rule) {
        rule.check().check(CORE);
    }

    @ParameterizedTest
    @MethodSource("plantedRules")
    void plantedClassBreaks(Rule rule) {
        assertThat(rule.check().evaluate(BROKEN).getFailureReport().getDetails())
                .anyMatch(line -> line.contains(rule.planted()));
    }

    @Test
    void everyPackageIsInTheTableOfArrows() {
        assertThat(CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(arrows(ROOT).packages());
    }

    private static List<Rule> rules(String root) {
        List<Rule> rules = new ArrayList<>(arrows(root).rules());
        rules.removeIf(rule -> rule.planted().equals(root + ".Probe"));
        rules.addAll(ConductRules.in(root + ".io"));
        rules.addAll(ConductRules.quietBut(alwaysFalse()));
        rules.add(new Rule("core knows the JDK alone", jdkAlone(), "KnowsLibrary"));
        rules.add(
                new Rule("no cycles", slices().matching(root + ".(**)").should().beFreeOfCycles(), "Cycle"));
        rules.add(new Rule(
                "ImageIO and AWT lie in image",
                confined(root, "image", "java.awt..", "javax.imageio..", "org.w3c.dom.."),
                "UsesAwt"));
        rules.add(new Rule(
                "the Vector API lies in engine.vector",
                confined(root, "engine.vector", "jdk.incubator.vector.."),
                "UsesVectors"));
        return rules;
    }

    private static PackageArrows arrows(String root) {
        List<String> all =
                List.of("io", "image", "metric", "network", "block", "engine", "format", "merge", "check", "convert");
        return new PackageArrows(
                root,
                Map.ofEntries(
                        Map.entry("", all),
                        Map.entry("io", List.of()),
                        Map.entry("image", List.of("io")),
                        Map.entry("metric", List.of("image")),
                        Map.entry("check", List.of("image")),
                        Map.entry("network", List.of()),
                        Map.entry("block", List.of("network")),
                        Map.entry("engine", List.of("network", "image", "io")),
                        Map.entry("engine.vector", List.of("engine", "network")),
                        Map.entry("format", List.of("network", "io")),
                        Map.entry("merge", List.of("block", "network", "format", "engine", "image", "io")),
                        Map.entry("convert", List.of("merge", "network", "format", "engine", "io"))));
    }

    private static ArchRule confined(String root, String home, String... library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + "." + home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }

    private static ArchRule jdkAlone() {
        return classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.repsr..",
                        "java..",
                        "javax.imageio..",
                        "org.w3c.dom..",
                        "jdk.incubator.vector..",
                        "org.jspecify..");
    }
}
