package dev.repsr.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.repsr.architecture.ModuleArchitecture;
import dev.repsr.architecture.PackageArrows;
import dev.repsr.architecture.Rule;
import java.util.List;
import java.util.Map;

class ServerArchitectureTest extends ModuleArchitecture {
    ServerArchitectureTest() {
        super("dev.repsr.server");
    }

    @Override
    protected List<Rule> own(String under) {
        return List.of(
                new Rule("Jetty lies in http", confined(under, "http", "org.eclipse.jetty.."), "UsesLibrary"),
                new Rule(
                        "Micrometer lies in metric",
                        confined(under, "metric", "io.micrometer..", "io.prometheus.."),
                        "UsesLibrary"),
                new Rule(
                        "server knows neither the command line, nor training, nor AWT",
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "picocli..",
                                        "dev.repsr.app..",
                                        "dev.repsr.train..",
                                        "java.awt..",
                                        "javax.imageio.."),
                        "UsesAwt"),
                new Rule(
                        "server asks nobody",
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .haveNameMatching(
                                        "java\\.net\\.(http\\..*|Socket|URL|URLConnection|HttpURLConnection)"),
                        "OpensConnection"));
    }

    @Override
    protected PackageArrows arrows(String under) {
        return new PackageArrows(
                under,
                Map.of(
                        "", List.of("http", "metric", "work"),
                        "http", List.of("work"),
                        "log", List.of(),
                        "metric", List.of(),
                        "work", List.of()));
    }
}
