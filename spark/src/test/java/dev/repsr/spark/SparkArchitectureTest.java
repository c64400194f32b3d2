package dev.repsr.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.repsr.architecture.ConductRules;
import dev.repsr.architecture.Rule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SparkArchitectureTest {
    private static final JavaClasses SPARK = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.repsr.spark");

    private static final JavaClasses BROKEN = new ClassFileImporter()
            .importPackages("dev.repsr.planted", "com.tngtech.archunit.thirdparty.com.google.common.primitives");

    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(ConductRules.in("dev.repsr.io"));
        rules.addAll(ConductRules.quietBut(DescribedPredicate.alwaysFalse()));
        rules.add(new Rule(
                "spark knows neither training, nor the server, nor AWT, nor vectors",
                ArchRuleDefinition.noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.repsr.train..",
                                "dev.repsr.server..",
                                "java.awt..",
                                "javax.imageio..",
                                "jdk.incubator.vector.."),
                "UsesAwt"));
        return rules;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void sparkKeeps(Rule rule) {
        rule.check().check(SPARK);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void plantedClassBreaks(Rule rule) {
        assertThat(rule.check().evaluate(BROKEN).getFailureReport().getDetails())
                .anyMatch(line -> line.contains(rule.planted()));
    }
}
