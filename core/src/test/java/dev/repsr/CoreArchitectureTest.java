package dev.repsr;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import dev.repsr.architecture.ModuleArchitecture;
import dev.repsr.architecture.PackageArrows;
import dev.repsr.architecture.Rule;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

class CoreArchitectureTest extends ModuleArchitecture {
    CoreArchitectureTest() {
        super("dev.repsr");
    }

    @Override
    protected List<Rule> own(String under) {
        return List.of(
                new Rule("core knows the JDK alone", jdkAlone(), "KnowsLibrary"),
                new Rule(
                        "no cycles", slices().matching(under + ".(**)").should().beFreeOfCycles(), "Cycle"),
                new Rule("ImageIO and AWT lie in image", awtInImage(under), "UsesAwt"),
                new Rule(
                        "the front door alone takes and gives images of AWT",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(under, under + ".image")
                                .should()
                                .dependOnClassesThat()
                                .belongToAnyOf(BufferedImage.class),
                        "TakesImages"),
                new Rule(
                        "the Vector API lies in engine.vector",
                        confined(under, "engine.vector", "jdk.incubator.vector.."),
                        "UsesVectors"));
    }

    @Override
    protected PackageArrows arrows(String under) {
        List<String> all =
                List.of("io", "image", "metric", "network", "block", "engine", "format", "merge", "check", "convert");
        return new PackageArrows(
                under,
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

    private static ArchRule awtInImage(String under) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(under + ".image")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.awt..", "javax.imageio..", "org.w3c.dom..")
                        .and(not(belongToAnyOf(BufferedImage.class))));
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
