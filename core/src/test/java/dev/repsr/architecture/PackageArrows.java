package dev.repsr.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which packages below a root may know which others. A package that the table does not name may know nothing of the
 * project, so that a new package has to be entered before it can be used.
 */
public final class PackageArrows {
    private final String root;
    private final Map<String, List<String>> allowed;

    /**
     * Takes the table.
     *
     * @param root the package that the names in the table are relative to; its own name in the table is the empty text
     * @param allowed for each package the packages it may know besides itself
     */
    public PackageArrows(String root, Map<String, List<String>> allowed) {
        this.root = root;
        this.allowed = new TreeMap<>(allowed);
    }

    /** The packages of the table, by their full names. */
    public List<String> packages() {
        return allowed.keySet().stream().map(this::full).toList();
    }

    /** One rule for each package; the planted class that breaks it is called {@code Probe} and lies in that package. */
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        allowed.forEach((name, known) -> {
            List<String> packages =
                    new ArrayList<>(known.stream().map(this::full).toList());
            packages.add(full(name));
            rules.add(new Rule(
                    full(name) + " knows " + (known.isEmpty() ? "no other package" : String.join(", ", known)),
                    classes()
                            .that()
                            .resideInAPackage(full(name))
                            .should()
                            .onlyDependOnClassesThat(resideOutsideOfPackage(root + "..")
                                    .or(resideInAnyPackage(packages.toArray(String[]::new)))),
                    full(name) + ".Probe"));
        });
        return rules;
    }

    private String full(String name) {
        return name.isEmpty() ? root : root + "." + name;
    }
}
