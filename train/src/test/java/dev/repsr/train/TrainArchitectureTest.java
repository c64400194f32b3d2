package dev.repsr.train;

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

class TrainArchitectureTest {
    private static final String ROOT = "dev.repsr.train";
    private static final String PLANTED = "dev.repsr.train.planted";

    private static final JavaClasses TRAIN = new ClassFileImporter()
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
    void trainKeeps(Rule rule) {
        rule.check().check(TRAIN);
    }

    @ParameterizedTest
    @MethodSource("plantedRules")
    void plantedClassBreaks(Rule rule) {
        assertThat(rule.check().evaluate(BROKEN).getFailureReport().getDetails())
                .anyMatch(line -> line.contains(rule.planted()));
    }

    @Test
    void everyPackageIsInTheTableOfArrows() {
        assertThat(TRAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(arrows(ROOT).packages());
    }

    private static List<Rule> rules(String root) {
        List<Rule> rules = new ArrayList<>(arrows(root).rules());
        rules.removeIf(rule -> rule.planted().equals(root + ".Probe"));
        rules.addAll(ConductRules.in("dev.repsr.io"));
        rules.addAll(ConductRules.quietBut(alwaysFalse()));
        rules.add(new Rule(
                "libtorch lies in torch",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(root + ".torch")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.bytedeco.."),
                "UsesTorch"));
        rules.add(new Rule(
                "vectors lie in vector",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(root + ".vector")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("jdk.incubator.vector.."),
                "UsesVectors"));
        rules.add(new Rule(
                "train knows neither AWT nor the command line",
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.awt..", "javax.imageio..", "dev.repsr.app.."),
                "UsesAwt"));
        return rules;
    }

    private static PackageArrows arrows(String root) {
        return new PackageArrows(
                root,
                Map.ofEntries(
                        Map.entry("", List.of("config", "data", "doctor", "engine", "report", "step", "torch")),
                        Map.entry("config", List.of()),
                        Map.entry("data", List.of("config", "degrade")),
                        Map.entry("degrade", List.of("config")),
                        Map.entry("doctor", List.of("config", "data", "report")),
                        Map.entry("engine", List.of()),
                        Map.entry("fold", List.of()),
                        Map.entry("report", List.of()),
                        Map.entry("step", List.of("engine", "fold")),
                        Map.entry("study", List.of("", "config", "engine", "report")),
                        Map.entry("torch", List.of("engine")),
                        Map.entry("vector", List.of("engine", "fold", "step"))));
    }
}
