/** The command line: one class a verb, and what they share. Nothing here touches training's classes outside its verbs. */
@NullMarked
package dev.repsr.app;

import org.jspecify.annotations.NullMarked;
