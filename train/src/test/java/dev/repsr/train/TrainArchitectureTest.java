package dev.repsr.train;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.repsr.architecture.ModuleArchitecture;
import dev.repsr.architecture.PackageArrows;
import dev.repsr.architecture.Rule;
import java.util.List;
import java.util.Map;

class TrainArchitectureTest extends ModuleArchitecture {
    TrainArchitectureTest() {
        super("dev.repsr.train");
    }

    @Override
    protected List<Rule> own(String under) {
        return List.of(
                new Rule("libtorch lies in torch", confined(under, "torch", "org.bytedeco.."), "UsesTorch"),
                new Rule("vectors lie in vector", confined(under, "vector", "jdk.incubator.vector.."), "UsesVectors"),
                new Rule(
                        "train knows neither AWT nor the command line",
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("java.awt..", "javax.imageio..", "dev.repsr.app.."),
                        "UsesAwt"));
    }

    @Override
    protected PackageArrows arrows(String under) {
        return new PackageArrows(
                under,
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
