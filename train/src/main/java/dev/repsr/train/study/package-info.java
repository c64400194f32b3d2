/**
 * Studies: many runs that differ in one thing each, every one at its own best learning rate and with several seeds, and a report
 * whose every sentence is computed from them.
 */
@NullMarked
package dev.repsr.train.study;

import org.jspecify.annotations.NullMarked;
