package dev.repsr.architecture;

import com.tngtech.archunit.lang.ArchRule;

/** A rule of the project, and the simple name of a planted class that breaks it. */
public record Rule(String name, ArchRule check, String planted) {
    @Override
    public String toString() {
        return name;
    }
}
