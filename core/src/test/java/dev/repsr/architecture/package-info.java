/** The rules that hold the modules and packages apart, shared by the tests of all modules. */
@NullMarked
package dev.repsr.architecture;

import org.jspecify.annotations.NullMarked;
