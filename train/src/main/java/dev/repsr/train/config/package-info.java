/** What a run is told: one YAML file bound to records, with a sentence for everything that is wrong in it. */
@NullMarked
package dev.repsr.train.config;

import org.jspecify.annotations.NullMarked;
