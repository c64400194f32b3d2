package dev.repsr.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every library among the modules keeps, beside rules of its own; a planted class shows of each rule that it can fail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModuleArchitecture {
    private static final String GUAVA = "com.tngtech.archunit.thirdparty.com.google.common.primitives";

    private final String root;
    private final String planted;
    private final JavaClasses module;
    private final JavaClasses broken;

    /** @param root the module's first package; its planted classes lie in {@code planted} below */
    protected ModuleArchitecture(String root) {
        this.root = root;
        planted = root + ".planted";
        module = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(root);
        broken = new ClassFileImporter().importPackages(planted, "dev.repsr.planted", GUAVA);
    }

    /** What each package may know. */
    protected abstract PackageArrows arrows(String under);

    /** Rules of this module alone. */
    protected abstract List<Rule> own(String under);

    /** Those that the module keeps. */
    public List<Rule> rules() {
        return rules(root);
    }

    /** The same for the planted classes. */
    public List<Rule> plantedRules() {
        return rules(planted);
    }

    /** These libraries lie in one package. */
    protected static ArchRule confined(String under, String home, String... library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(under + "." + home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }

    private List<Rule> rules(String under) {
        List<Rule> rules = new ArrayList<>(arrows(under).rules());
        rules.removeIf(rule -> rule.planted().equals(under + ".Probe"));
        rules.addAll(ConductRules.in("dev.repsr.io"));
        rules.addAll(ConductRules.quietBut(alwaysFalse()));
        rules.addAll(own(under));
        return rules;
    }

    @ParameterizedTest
    @MethodSource("rules")
    public void moduleKeeps(Rule rule) {
        rule.check().check(module);
    }

    @ParameterizedTest
    @MethodSource("plantedRules")
    public void plantedClassBreaks(Rule rule) {
        assertThat(rule.check().evaluate(broken).getFailureReport().getDetails())
                .anyMatch(line -> line.contains(rule.planted()));
    }

    @Test
    public void everyPackageIsInTheTableOfArrows() {
        assertThat(module.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(arrows(root).packages());
    }
}
