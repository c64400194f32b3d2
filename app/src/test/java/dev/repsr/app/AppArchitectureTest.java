package dev.repsr.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static org.assertj.core.api.Assertions.assertThat;

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

class AppArchitectureTest {
    private static final JavaClasses APP = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.repsr.app");

    private static final JavaClasses BROKEN = new ClassFileImporter()
            .importPackages("dev.repsr.planted", "com.tngtech.archunit.thirdparty.com.google.common.primitives");

    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(ConductRules.in("dev.repsr.io"));
        rules.add(ConductRules.exitOnlyIn(simpleName("Program").or(simpleName("StopSignal"))));
        rules.add(ConductRules.silentBut(simpleName("Program").or(simpleName("StandardErrorLogger"))));
        rules.add(new Rule(
                "app does not know libtorch, AWT or vectors",
                ArchRuleDefinition.noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.bytedeco..", "java.awt..", "javax.imageio..", "jdk.incubator.vector.."),
                "UsesAwt"));
        return rules;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void appKeeps(Rule rule) {
        rule.check().check(APP);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void plantedClassBreaks(Rule rule) {
        assertThat(rule.check().evaluate(BROKEN).getFailureReport().getDetails())
                .anyMatch(line -> line.contains(rule.planted()));
    }
}
